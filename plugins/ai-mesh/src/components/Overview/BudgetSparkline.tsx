import type { WorstSlo } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { Area, AreaChart, ResponsiveContainer, YAxis } from 'recharts';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { whyUnknown } from '../Figures';
import { SPARKLINE_HEIGHT } from './sparklineShape';

/** The error budget over the last hours, with its first and its last value in words. */
export function BudgetSparkline(props: {
  history: WorstSlo['budgetOverTime'];
}) {
  const { history } = props;
  const { t, format } = useFormat();
  const { accent } = useTones();
  const values =
    history.status === 'known'
      ? history.value.flatMap(({ budgetLeft }) => budgetLeft ?? [])
      : [];
  if (history.status === 'unknown' || values.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('overview.sparkline.unknown', {
          reason:
            history.status === 'unknown'
              ? whyUnknown(history, t)
              : t('unknown.no-traffic'),
        })}
      </Typography>
    );
  }
  return (
    <div
      role="img"
      aria-label={t('overview.slo.sparkline', {
        first: format.percent(values[0]),
        last: format.percent(values[values.length - 1]),
      })}
    >
      <ResponsiveContainer
        width="100%"
        height={SPARKLINE_HEIGHT}
        initialDimension={{ width: 320, height: SPARKLINE_HEIGHT }}
      >
        <AreaChart
          data={history.value}
          margin={{ top: 4, right: 4, bottom: 0, left: 4 }}
          accessibilityLayer={false}
        >
          <YAxis hide domain={[(low: number) => Math.min(0, low), 1]} />
          <Area
            type="linear"
            dataKey="budgetLeft"
            connectNulls={false}
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
