import { useTheme } from '@material-ui/core/styles';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { WEIGHT_CHART_HEIGHT } from './chartShape';
import { planSchedule } from './planSchedule';

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
  const theme = useTheme();
  const { accent, degraded } = useTones();
  const points = planSchedule(steps, intervalSeconds, present, headerPhase);
  const percent = (value: number) => format.percent(value / 100);
  const time = (seconds: number) => format.duration(seconds * 1000);
  const textStyle = {
    fontSize: theme.typography.caption.fontSize,
    fill: theme.palette.text.secondary,
  };
  return (
    <div
      role="img"
      aria-label={t('canary.plan.chart', {
        steps: steps.map(percent).join(' → '),
        duration: time(points.at(-1)?.atSeconds ?? 0),
      })}
    >
      <ResponsiveContainer
        width="100%"
        height={WEIGHT_CHART_HEIGHT}
        initialDimension={{ width: 480, height: WEIGHT_CHART_HEIGHT }}
      >
        <AreaChart
          data={points}
          margin={{ top: 8, right: 24, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke={theme.palette.divider} vertical={false} />
          <XAxis
            dataKey="atSeconds"
            type="number"
            domain={[0, 'dataMax']}
            tickFormatter={time}
            minTickGap={32}
            tick={textStyle}
            stroke={theme.palette.divider}
          />
          <YAxis
            domain={[0, 100]}
            ticks={[0, 25, 50, 75, 100]}
            tickFormatter={percent}
            tick={textStyle}
            width={48}
            stroke={theme.palette.divider}
          />
          {points
            .filter(({ percent: step }) => confirmBefore.includes(step))
            .map(({ atSeconds }) => (
              <ReferenceLine
                key={atSeconds}
                x={atSeconds}
                stroke={degraded.mark}
                strokeDasharray="4 3"
              />
            ))}
          <Area
            type="stepAfter"
            dataKey="percent"
            stroke={accent.mark}
            strokeWidth={2}
            fill={accent.wash}
            dot={false}
            isAnimationActive={false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}
