import { ReferenceLine } from 'recharts';
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
  const points = planSchedule(steps, intervalSeconds, present, headerPhase);
  const time = (seconds: number) => format.duration(seconds * 1000);
  return (
    <ShareStairs
      label={t('canary.plan.chart', {
        steps: steps.map(step => format.percent(step / 100)).join(' → '),
        duration: time(points.at(-1)?.atSeconds ?? 0),
      })}
      points={points}
      xAxis={{
        dataKey: 'atSeconds',
        domain: [0, 'dataMax'],
        tickFormatter: seconds => (seconds === 0 ? '0' : time(seconds)),
        minTickGap: 32,
      }}
      behind={points
        // The last point is the promotion, which is no step and asks nobody.
        .slice(0, -1)
        .filter(({ percent: step }) => confirmBefore.includes(step))
        .map(({ atSeconds }) => (
          <ReferenceLine
            key={atSeconds}
            x={atSeconds}
            stroke={degraded.mark}
            strokeDasharray="4 3"
          />
        ))}
    />
  );
}
