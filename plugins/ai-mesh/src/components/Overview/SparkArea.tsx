import type { ReactNode } from 'react';
import { useTones } from '../../theme';
import { ChartHint } from '../Charts/ChartHint';
import { areaPath, linePath, lonePoints } from '../Charts/paths';
import { usePointed } from '../Charts/usePointed';
import { useWidth } from '../Charts/useWidth';
import { SPARKLINE_HEIGHT } from './sparklineShape';

/** Pixels, so that no line is cut off at the edges. */
const EDGE = 4;

/** A tile's small graph: one line with a wash below, without axes. */
export function SparkArea(props: {
  /** All that it shows, in words. */
  label: string;
  /** Oldest first; `at` in any unit, a null is a gap. */
  points: readonly { at: number; value: number | null }[];
  shape?: 'line' | 'stairs';
  /** The values at the bottom and at the top. */
  low: number;
  high: number;
  /** What is said of a point under the pointer. */
  tell?: (index: number) => { title: string; text: ReactNode };
}) {
  const { label, points, shape = 'line', low, high, tell } = props;
  const { accent } = useTones();
  const [element, width] = useWidth(320);
  const [from, to] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const placed = points.map(({ at, value }) => ({
    x: EDGE + ((at - from) / (to - from || 1)) * (width - 2 * EDGE),
    y:
      value === null
        ? null
        : SPARKLINE_HEIGHT -
          ((value - low) / (high - low || 1)) * (SPARKLINE_HEIGHT - EDGE),
  }));
  const { index, handlers } = usePointed(placed.map(({ x }) => x));
  const told = index === undefined ? undefined : tell?.(index);
  const pointed = told && index !== undefined ? placed[index] : undefined;
  return (
    <div ref={element} style={{ position: 'relative' }}>
      <div role="img" aria-label={label}>
        <svg
          width={width}
          height={SPARKLINE_HEIGHT}
          fill={accent.mark}
          style={{ display: 'block' }}
          {...(tell && handlers)}
        >
          <path
            d={areaPath(placed, SPARKLINE_HEIGHT, shape)}
            fill={accent.wash}
          />
          <path
            d={linePath(placed, shape)}
            fill="none"
            stroke={accent.mark}
            strokeWidth={2}
          />
          {lonePoints(placed).map(({ x, y }) => (
            <circle key={x} cx={x} cy={y} r={2} />
          ))}
          {pointed && pointed.y !== null && (
            <circle cx={pointed.x} cy={pointed.y} r={3} />
          )}
        </svg>
      </div>
      {told && pointed && (
        <ChartHint x={pointed.x} width={width} title={told.title}>
          {told.text}
        </ChartHint>
      )}
    </div>
  );
}
