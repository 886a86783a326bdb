/** One line of a chart. */
export interface Series {
  /** Names the line: in the legend, the tooltip and the table's column. */
  name: string;
  /** One value for each moment; null is a gap and never a zero. */
  values: ReadonlyArray<number | null>;
  /** With its unit, for the tooltip and the table. */
  exact: (value: number) => string;
}

/** What a chart shows. */
export interface ChartContent {
  title: string;
  /** ISO 8601, oldest first. */
  times: readonly string[];
  series: readonly Series[];
  /** Short, for the axis. */
  axis: (value: number) => string;
  /** A line that means something, such as a spent budget. */
  reference?: { value: number; label: string };
  /** The moment that is looked at elsewhere on the screen (one of `times`). */
  cursor?: string;
  /** Moments at which something happened (each one of `times`). */
  marks?: readonly string[];
  /** A click on a moment. */
  onPick?: (index: number) => void;
  /** What one must know to judge it: an estimate, the worst pod. */
  note?: string;
}

/** Whether any value is known at all. */
export function hasValues({ series }: ChartContent): boolean {
  return series.some(({ values }) => values.some(value => value !== null));
}
