import type { CanaryGlance } from '@ai-mesh/plugin-ai-mesh-common';
import { Area, AreaChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { SPARKLINE_HEIGHT } from './sparklineShape';

/** The canary's share over its life, in stairs. */
export function CanarySparkline(props: {
  shares: NonNullable<CanaryGlance['latest']>['shares'];
}) {
  const { t, format } = useFormat();
  const { accent } = useTones();
  const points = props.shares.map(({ at, percent }) => ({
    atMs: Date.parse(at),
    percent,
  }));
  return (
    <div
      role="img"
      aria-label={t('canary.weights.chart', {
        shares: points
          .map(({ percent }) => format.percent(percent / 100))
          .join(' → '),
      })}
    >
      <ResponsiveContainer
        width="100%"
        height={SPARKLINE_HEIGHT}
        initialDimension={{ width: 320, height: SPARKLINE_HEIGHT }}
      >
        <AreaChart
          data={points}
          margin={{ top: 4, right: 4, bottom: 0, left: 4 }}
          accessibilityLayer={false}
        >
          <XAxis
            hide
            dataKey="atMs"
            type="number"
            domain={['dataMin', 'dataMax']}
          />
          <YAxis hide domain={[0, 100]} />
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
