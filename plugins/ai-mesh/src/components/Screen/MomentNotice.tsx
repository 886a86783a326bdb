import Button from '@material-ui/core/Button';
import { useFormat } from '../../format';
import { useMoment } from '../../hooks';
import { Notice } from '../Marks';

/** Says that what is shown is not now's, and what of it is. */
export function MomentNotice() {
  const [at, setAt] = useMoment();
  const { t, format } = useFormat();
  if (at === '') {
    return null;
  }
  return (
    <Notice tone="accent" title={t('moment.notice', { at: format.time(at) })}>
      {t('moment.configuration')}{' '}
      <Button size="small" variant="outlined" onClick={() => setAt('')}>
        {t('moment.back')}
      </Button>
    </Notice>
  );
}
