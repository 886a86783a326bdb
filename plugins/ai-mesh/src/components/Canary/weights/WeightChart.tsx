import type { CanaryDetails } from '@ai-mesh/plugin-ai-mesh-common';
import { useTheme } from '@material-ui/core/styles';
import { ReferenceDot, ReferenceLine, Tooltip } from 'recharts';
import { useFormat } from '../../../format';
import { useNow } from '../../../hooks';
import { useTones } from '../../../theme';
import { useTooltipStyle } from '../../Charts/useTooltipStyle';
import { ShareStairs } from './ShareStairs';
import { weightHistory } from './weightHistory';

/** The canary's share of its route since the start, and the steps that lie ahead. */
export function WeightChart(props: { canary: CanaryDetails }) {
  const { canary } = props;
  const { t, format } = useFormat();
  const theme = useTheme();
  const tooltip = useTooltipStyle();
  const { degraded, unknown } = useTones();
  const now = useNow(2_000);
  const until = canary.endedAt ? new Date(canary.endedAt) : now;
  const points = weightHistory(canary.transitions, until);
  const percent = (value: number) => format.percent(value / 100);
  const shares = points.slice(0, -1).map(point => percent(point.percent));
  return (
    <ShareStairs
      label={t('canary.weights.chart', { shares: shares.join(' → ') })}
      points={points}
      xAxis={{
        dataKey: 'atMs',
        scale: 'time',
        domain: ['dataMin', 'dataMax'],
        tickFormatter: format.clockSeconds,
        minTickGap: 40,
      }}
      behind={
        <>
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
        </>
      }
      upon={points
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
    />
  );
}
