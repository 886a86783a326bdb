import type { CanaryDetails } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../../format';
import { useNow } from '../../../hooks';
import { useTones } from '../../../theme';
import { ShareStairs } from './ShareStairs';
import { weightHistory } from './weightHistory';

/** The canary's share of its route since the start, and the steps that lie ahead. */
export function WeightChart(props: { canary: CanaryDetails }) {
  const { canary } = props;
  const { t, format } = useFormat();
  const { unknown } = useTones();
  const now = useNow(2_000);
  const until = canary.endedAt ? new Date(canary.endedAt) : now;
  const points = weightHistory(canary.transitions, until);
  const shares = points
    .slice(0, -1)
    .map(({ percent }) => format.percent(percent / 100));
  return (
    <ShareStairs
      label={t('canary.weights.chart', { shares: shares.join(' → ') })}
      points={points}
      clock={format.clockSeconds}
      behind={canary.steps.slice(canary.step + 1).map(percent => ({
        percent,
        stroke: unknown.mark,
        dash: '2 4',
      }))}
    />
  );
}
