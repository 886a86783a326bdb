import FailedIcon from '@material-ui/icons/ErrorOutline';
import Skeleton from '@material-ui/lab/Skeleton';
import type { Polled } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Message, saidBy } from '../States';

/** What stands in the place of an answer over all services until there is one: that it comes, or why it does not. */
export function FleetAwaited(props: {
  polled: Pick<Polled<unknown>, 'data' | 'error' | 'refresh'>;
  /** Of what is to come, pixels; one below the other. */
  heights: readonly number[];
}) {
  const { polled, heights } = props;
  const { data, error, refresh } = polled;
  const { t } = useAiMeshTranslation();
  if (data) {
    return null;
  }
  return error ? (
    <Message
      icon={FailedIcon}
      title={t('fleet.failed')}
      body={t('ownership.page.failedNext')}
      said={saidBy(error)}
      onRetry={refresh}
    />
  ) : (
    <div role="status" aria-label={t('screen.loading')}>
      {heights.map((height, at) => (
        <Skeleton
          key={height}
          variant="rect"
          height={height}
          style={at > 0 ? { marginTop: 16 } : undefined}
        />
      ))}
    </div>
  );
}
