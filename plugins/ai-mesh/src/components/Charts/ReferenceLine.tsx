import { useTheme } from '@material-ui/core/styles';
import { useTones } from '../../theme';
import type { Plot } from './ChartAxes';

/** A value that means something, with its words. */
export function ReferenceLine(props: { plot: Plot; y: number; label: string }) {
  const { plot, y, label } = props;
  const { typography } = useTheme();
  const { failing } = useTones();
  // Where the line is the lowest, its words stand above it.
  const isLowest = y > plot.bottom - 20;
  return (
    <g>
      <line
        x1={plot.left}
        x2={plot.right}
        y1={y}
        y2={y}
        stroke={failing.mark}
        strokeDasharray="4 4"
      />
      <text
        x={plot.right - 4}
        y={y}
        dy={isLowest ? -5 : 14}
        textAnchor="end"
        fontSize={typography.caption.fontSize}
        fill={failing.text}
      >
        {label}
      </text>
    </g>
  );
}
