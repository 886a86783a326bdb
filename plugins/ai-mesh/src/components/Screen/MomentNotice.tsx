import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import { useFormat } from '../../format';
import { useMoment } from '../../hooks';
import { between } from '../Figures';
import { Notice } from '../Marks';
import { ConfiguredThen } from './ConfiguredThen';

/** Says that what is shown is not now's, and what of it is. */
export function MomentNotice(props: {
  /** What the shown answer tells of the configuration of then. */
  configuredThen?: Overview['configuredThen'];
}) {
  const [at, setAt] = useMoment();
  const { t, format } = useFormat();
  if (at === '') {
    return null;
  }
  return (
    <Notice tone="accent" title={t('moment.notice', { at: format.time(at) })}>
      {t('moment.configuration')}
      {between(t)}
      {props.configuredThen && <ConfiguredThen then={props.configuredThen} />}
      <Button size="small" variant="outlined" onClick={() => setAt('')}>
        {t('moment.back')}
      </Button>
    </Notice>
  );
}
