import type { CanaryDetails } from '@ai-mesh/plugin-ai-mesh-common';
import { useTheme } from '@material-ui/core/styles';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '../../../format';
import { useNow } from '../../../hooks';
import { useTones } from '../../../theme';
import { useTooltipStyle } from '../../Charts/useTooltipStyle';
import { WEIGHT_CHART_HEIGHT } from './chartShape';
import { weightHistory } from './weightHistory';

/** The canary's share of its route since the start, and the steps that lie ahead. */
export function WeightChart(props: { canary: CanaryDetails }) {
  const { canary } = props;
  const { t, format } = useFormat();
  const theme = useTheme();
  const tooltip = useTooltipStyle();
  const { accent, degraded, unknown } = useTones();
  const now = useNow(2_000);
  const until = canary.endedAt ? new Date(canary.endedAt) : now;
  const points = weightHistory(canary.transitions, until);
  const percent = (value: number) => format.percent(value / 100);
  const shares = points.slice(0, -1).map(point => percent(point.percent));
  const textStyle = {
    fontSize: theme.typography.caption.fontSize,
    fill: theme.palette.text.secondary,
  };
  return (
    <div
      role="img"
      aria-label={t('canary.weights.chart', { shares: shares.join(' → ') })}
    >
      <ResponsiveContainer
        width="100%"
        height={WEIGHT_CHART_HEIGHT}
        initialDimension={{ width: 480, height: WEIGHT_CHART_HEIGHT }}
      >
        <AreaChart
          data={points}
          margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke={theme.palette.divider} vertical={false} />
          <XAxis
            dataKey="atMs"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            tickFormatter={format.clockSeconds}
            minTickGap={40}
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
          {canary.steps.slice(canary.step + 1).map(step => (
            <ReferenceLine
              key={step}
              y={step}
              stroke={unknown.mark}
              strokeDasharray="2 4"
            />
          ))}
          <Tooltip
            {...tooltip}
            labelFormatter={value => format.clockSeconds(Number(value))}
            formatter={value => [
              percent(Number(value)),
              t('canary.weights.share'),
            ]}
          />
          <Area
            type="stepAfter"
            dataKey="percent"
            stroke={accent.mark}
            strokeWidth={2}
            fill={accent.wash}
            dot={false}
            isAnimationActive={false}
          />
          {points
            .filter(({ drift }) => drift)
            .map(point => (
              <ReferenceDot
                key={point.atMs}
                x={point.atMs}
                y={point.percent}
                r={5}
                fill={degraded.mark}
                stroke={theme.palette.background.paper}
              />
            ))}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}
