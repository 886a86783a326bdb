import type { ComponentProps, ReactNode } from 'react';
import { Area, AreaChart, ResponsiveContainer, YAxis } from 'recharts';
import { useTones } from '../../theme';
import { SPARKLINE_HEIGHT } from './sparklineShape';

/** A tile's small graph: one line with a wash below, without axes; a null in the data is a gap. */
export function SparkArea(props: {
  /** All that it shows, in words. */
  label: string;
  points: object[];
  dataKey: string;
  type: 'linear' | 'monotone' | 'stepAfter';
  domain: ComponentProps<typeof YAxis>['domain'];
  children?: ReactNode;
}) {
  const { label, points, dataKey, type, domain, children } = props;
  const { accent } = useTones();
  return (
    <div role="img" aria-label={label}>
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
          <YAxis hide domain={domain} />
          {children}
          <Area
            type={type}
            dataKey={dataKey}
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
