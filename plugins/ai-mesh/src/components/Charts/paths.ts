/** Pixels; without a value it is a gap. */
export interface Point {
  x: number;
  y: number | null;
}
type Known = { x: number; y: number };

/** A tenth of a pixel is enough. */
const px = (value: number) => String(Math.round(value * 10) / 10);

/** A line through points, or stairs of which each point begins one, as an SVG path; a gap stays one. */
export function linePath(
  points: readonly Point[],
  shape: 'line' | 'stairs' = 'line',
): string {
  return runsOf(points)
    .map(run => strokeOf(run, shape))
    .join('');
}

/** What lies between a line and its base, as an SVG path. */
export function areaPath(
  points: readonly Point[],
  base: number,
  shape: 'line' | 'stairs' = 'line',
): string {
  return runsOf(points)
    .map(run => `${strokeOf(run, shape)}V${px(base)}H${px(run[0].x)}Z`)
    .join('');
}

/** Values with a gap on either side, which no line shows. */
export function lonePoints(points: readonly Point[]): Known[] {
  return runsOf(points)
    .filter(run => run.length === 1)
    .map(([point]) => point);
}

function runsOf(points: readonly Point[]): Known[][] {
  const runs: Known[][] = [];
  let run: Known[] | undefined;
  for (const { x, y } of points) {
    if (y === null) {
      run = undefined;
    } else if (run) {
      run.push({ x, y });
    } else {
      run = [{ x, y }];
      runs.push(run);
    }
  }
  return runs;
}

function strokeOf([first, ...others]: Known[], shape: 'line' | 'stairs') {
  const steps = others.map(({ x, y }) =>
    shape === 'stairs' ? `H${px(x)}V${px(y)}` : `L${px(x)} ${px(y)}`,
  );
  return `M${px(first.x)} ${px(first.y)}${steps.join('')}`;
}
