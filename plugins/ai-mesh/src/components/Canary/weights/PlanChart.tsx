import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { planSchedule } from './planSchedule';
import { ShareStairs } from './ShareStairs';

/** A plan as the stairs that it leads over, if every gate passes at once. */
export function PlanChart(props: {
  steps: readonly number[];
  intervalSeconds: number;
  /** The canary's share before, percent. */
  present: number;
  confirmBefore: readonly number[];
  headerPhase: boolean;
}) {
  const { steps, intervalSeconds, present, confirmBefore, headerPhase } = props;
  const { t, format } = useFormat();
  const { degraded } = useTones();
  const points = planSchedule(steps, intervalSeconds, present, headerPhase).map(
    ({ atSeconds, percent }) => ({ atMs: atSeconds * 1000, percent }),
  );
  return (
    <ShareStairs
      label={t('canary.plan.chart', {
        steps: steps.map(step => format.percent(step / 100)).join(' → '),
        duration: format.duration(points.at(-1)?.atMs ?? 0),
      })}
      points={points}
      clock={ms => (ms === 0 ? '0' : format.duration(ms))}
      behind={points
        // The last point is the promotion, which is no step and asks nobody.
        .slice(0, -1)
        .filter(({ percent }) => confirmBefore.includes(percent))
        .map(({ atMs }) => ({ atMs, stroke: degraded.mark, dash: '4 3' }))}
    />
  );
}
