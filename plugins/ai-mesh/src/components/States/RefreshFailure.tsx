import { useFormat } from '../../format';
import { useNow } from '../../hooks';
import { classifyError, saidBy } from './classifyError';
import { Notice, Said } from '../Marks';

/** Says beside the old data why there is no newer. */
export function RefreshFailure(props: { error: Error; observedAt: string }) {
  const { error, observedAt } = props;
  const { t, format } = useFormat();
  const now = useNow();
  const said = saidBy(error);
  return (
    <div role="alert">
      <Notice
        tone="degraded"
        title={t('screen.refreshFailed', {
          reason: `${t(`state.${classifyError(error)}.title`)}. `,
          age: format.age(observedAt, now),
        })}
      >
        {said && <Said of={said} />}
      </Notice>
    </div>
  );
}
