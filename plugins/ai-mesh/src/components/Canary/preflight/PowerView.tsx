import type {
  CanaryExpectation,
  CanaryOutlook,
  CanaryPlan,
  Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { Notice, Said } from '../../Marks';
import { aboutRequests, aboutSeconds } from './about';

/** What a plan comes to at today's traffic: how long it takes, and how soon it notices which canaries. */
export function PowerView(props: {
  outlook: Measured<CanaryOutlook>;
  plan: Pick<
    CanaryPlan,
    'longestHoldSeconds' | 'headerPhase' | 'confirmBefore'
  >;
}) {
  const { outlook, plan } = props;
  const { t, format } = useFormat();
  if (outlook.status === 'unknown') {
    return (
      <Notice tone="unknown" title={t('canary.power.unknown')}>
        {outlook.message ? (
          <Said of={{ message: outlook.message, words: outlook.words }} />
        ) : (
          t(`unknown.${outlook.reason}`)
        )}
      </Notice>
    );
  }
  const { traffic, plan: power } = outlook.value;
  if (!power) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('canary.power.noGate')}
      </Typography>
    );
  }
  const { noWorse, failing, worse, drip } = power;
  const hold = format.duration(plan.longestHoldSeconds * 1000);
  const noticed = (of: CanaryExpectation, excess?: number) => {
    const figures = {
      share: format.percent(of.errorRatio),
      points: format.number((excess ?? 0) * 100),
      duration: aboutSeconds(of.seconds, format),
      failures: aboutRequests(of.failures, format),
      weight: format.percent(of.percent / 100),
      hold,
    };
    const kind = excess === undefined ? 'failing' : 'worse';
    return t(`canary.power.${kind}.${of.outcome}`, figures);
  };
  const sentences = [
    noWorse.outcome === 'promoted' &&
      t('canary.power.whole', {
        duration: aboutSeconds(noWorse.seconds, format),
        requests: aboutRequests(noWorse.requests, format),
      }),
    noticed(failing),
    noticed(worse, worse.errorRatio - traffic.errorRatio),
    drip !== undefined &&
      t('canary.power.drip', {
        requests: aboutRequests(drip.requests, format),
        duration: aboutSeconds(drip.seconds, format),
        weight: format.percent(drip.percent / 100),
      }),
    t('canary.power.traffic', {
      rate: format.rate(traffic.requestsPerSecond),
      share: format.percent(traffic.errorRatio),
      back: aboutSeconds(traffic.seconds, format),
    }),
    (plan.headerPhase || plan.confirmBefore.length > 0) &&
      t('canary.power.notCounted'),
  ];
  return (
    <>
      {noWorse.outcome !== 'promoted' && (
        <Notice tone="degraded" title={t('canary.power.undecided.title')}>
          {t('canary.power.undecided.body', {
            hold,
            weight: format.percent(noWorse.percent / 100),
            duration: aboutSeconds(noWorse.seconds, format),
          })}
        </Notice>
      )}
      {worse.outcome === 'promoted' && (
        <Notice tone="degraded" title={t('canary.power.blind.title')}>
          {t('canary.power.blind.body')}
        </Notice>
      )}
      <ul
        style={{ margin: 0, paddingLeft: 20 }}
        aria-label={t('canary.power.title')}
      >
        {sentences
          .filter(sentence => sentence !== false)
          .map(sentence => (
            <Typography key={sentence} variant="body2" component="li">
              {sentence}
            </Typography>
          ))}
      </ul>
    </>
  );
}
