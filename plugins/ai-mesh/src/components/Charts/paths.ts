import { area, curveLinear, curveStepAfter, line } from 'd3-shape';

/** Pixels; without a value it is a gap. */
export interface Point {
  x: number;
  y: number | null;
}

/** Straight from point to point, or stairs of which each point begins one. */
const CURVES = { line: curveLinear, stairs: curveStepAfter };
type Shape = keyof typeof CURVES;

const isKnown = ({ y }: Point) => y !== null;

/** A line through points, as an SVG path; a gap stays one. */
export function linePath(points: readonly Point[], shape: Shape = 'line') {
  return line<Point>(
    ({ x }) => x,
    ({ y }) => y!,
  )
    .defined(isKnown)
    .curve(CURVES[shape])
    .digits(1)([...points])!;
}

/** What lies between a line and its base, as an SVG path. */
export function areaPath(
  points: readonly Point[],
  base: number,
  shape: Shape = 'line',
) {
  return area<Point>(
    ({ x }) => x,
    base,
    ({ y }) => y!,
  )
    .defined(isKnown)
    .curve(CURVES[shape])
    .digits(1)([...points])!;
}

/** Values with a gap on either side, which a line shows as next to nothing. */
export function lonePoints(
  points: readonly Point[],
): { x: number; y: number }[] {
  return points.flatMap(({ x, y }, at) =>
    y !== null &&
    [points[at - 1], points[at + 1]].every(
      beside => !beside || !isKnown(beside),
    )
      ? { x, y }
      : [],
  );
}
