import { useTheme } from '@material-ui/core/styles';
import type { ComponentProps, ReactNode } from 'react';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { WEIGHT_CHART_HEIGHT } from './chartShape';

/** A canary's share as stairs, from 0 to 100 %. */
export function ShareStairs<Point extends { percent: number }>(props: {
  /** All that it shows, in words. */
  label: string;
  points: Point[];
  /** What runs along the bottom: the points' key, and how its values are written. */
  xAxis: ComponentProps<typeof XAxis>;
  /** What lies behind the stairs. */
  behind?: ReactNode;
  /** What lies upon them. */
  upon?: ReactNode;
}) {
  const { label, points, xAxis, behind, upon } = props;
  const { format } = useFormat();
  const theme = useTheme();
  const { accent } = useTones();
  const axis = {
    tick: {
      fontSize: theme.typography.caption.fontSize,
      fill: theme.palette.text.secondary,
    },
    stroke: theme.palette.divider,
  };
  return (
    <div role="img" aria-label={label}>
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
          <XAxis type="number" {...axis} {...xAxis} />
          <YAxis
            domain={[0, 100]}
            ticks={[0, 25, 50, 75, 100]}
            tickFormatter={value => format.percent(value / 100)}
            width={48}
            {...axis}
          />
          {behind}
          <Area
            type="stepAfter"
            dataKey="percent"
            stroke={accent.mark}
            strokeWidth={2}
            fill={accent.wash}
            dot={false}
            isAnimationActive={false}
          />
          {upon}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}
