import type { Plot } from './ChartAxes';
import type { ChartContent } from './Series';
import { valueTicks } from './ticks';

/** Pixels around the lines, with what is written there. */
const MARGIN = { top: 8, right: 12, bottom: 24, left: 64 };

/** Where the moments and the values of a chart lie; pixels. */
export interface TimePlot {
  plot: Plot;
  /** Of each moment. */
  xs: number[];
  yOf: (value: number) => number;
  /** The values that are written along the axis, lowest first; all lie between the first and the last. */
  ticks: number[];
}

/** From zero, so that a small change does not look like a big one. */
export function timePlot(
  { times, series }: Pick<ChartContent, 'times' | 'series'>,
  size: { width: number; height: number },
): TimePlot {
  const plot = {
    left: MARGIN.left,
    right: size.width - MARGIN.right,
    top: MARGIN.top,
    bottom: size.height - MARGIN.bottom,
  };
  const apart = (plot.right - plot.left) / Math.max(1, times.length - 1);
  const known = series.flatMap(({ values }) =>
    values.flatMap(value => value ?? []),
  );
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const ticks = valueTicks(low, high === low ? 1 : high);
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  return {
    plot,
    xs: times.map((_, index) => plot.left + apart * index),
    yOf: value =>
      plot.bottom -
      ((value - first) / (last - first)) * (plot.bottom - plot.top),
    ticks,
  };
}
