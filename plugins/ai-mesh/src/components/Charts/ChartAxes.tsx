import { useTheme } from '@material-ui/core/styles';

/** Where a chart's lines lie within it; pixels. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A place on an axis with what is written there. */
export interface Tick {
  at: number;
  text: string;
}

/** Pixels of a character on average, and of one as wide as it is high. */
const NARROW = 6.5;
const WIDE = 12;

/** How wide a text of an axis is about, in pixels. */
export function textWidth(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (character > '\u2E80' ? WIDE : NARROW),
    0,
  );
}

/** A line across for each value, and below what runs along; what would be cut off is not written. */
export function ChartAxes(props: {
  plot: Plot;
  /** Of the whole chart, pixels. */
  width: number;
  values: readonly Tick[];
  along: readonly Tick[];
}) {
  const { plot, width, values, along } = props;
  const { palette, typography } = useTheme();
  const { left, right, bottom } = plot;
  return (
    <g fontSize={typography.caption.fontSize} fill={palette.text.secondary}>
      {values.map(({ at, text }) => (
        <g key={at}>
          <line x1={left} x2={right} y1={at} y2={at} stroke={palette.divider} />
          <text x={left - 8} y={at} dy="0.35em" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {along
        .filter(({ at, text }) => at + textWidth(text) / 2 <= width)
        .map(({ at, text }) => (
          <text key={at} x={at} y={bottom + 18} textAnchor="middle">
            {text}
          </text>
        ))}
    </g>
  );
}
