import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { areaPath, linePath } from '../../Charts/paths';
import { ChartAxes, textWidth } from '../../Charts/ChartAxes';
import { ChartHint } from '../../Charts/ChartHint';
import { timeTicks } from '../../Charts/ticks';
import { usePointed } from '../../Charts/usePointed';
import { useWidth } from '../../Charts/useWidth';

/** Pixels. */
const HEIGHT = 200;
const MARGIN = { top: 8, right: 24, bottom: 24, left: 48 };
/** Between two times along the bottom. */
const GAP = 40;

/** A line behind the stairs: across at a share, or upright at a moment. */
export type Guide = { stroke: string; dash: string } & (
  { percent: number } | { atMs: number }
);

/** A canary's share as stairs, from 0 to 100 %. */
export function ShareStairs(props: {
  /** All that it shows, in words. */
  label: string;
  /** Each with the share from then on; milliseconds since the epoch, or since the beginning. */
  points: readonly { atMs: number; percent: number; drift?: boolean }[];
  /** Writes a moment. */
  clock: (atMs: number) => string;
  behind: readonly Guide[];
}) {
  const { label, points, clock, behind } = props;
  const { t, format } = useFormat();
  const { accent, degraded } = useTones();
  const [element, width] = useWidth(480);
  const plot = {
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    bottom: HEIGHT - MARGIN.bottom,
  };
  const [from, to] = [points[0]?.atMs ?? 0, points.at(-1)?.atMs ?? 0];
  const xOf = (atMs: number) =>
    plot.left + ((atMs - from) / (to - from || 1)) * (plot.right - plot.left);
  const yOf = (percent: number) =>
    plot.bottom - (percent / 100) * (plot.bottom - plot.top);
  const percent = (value: number) => format.percent(value / 100);
  const stairs = points.map(point => ({
    x: xOf(point.atMs),
    y: yOf(point.percent),
  }));
  const { index, handlers } = usePointed(stairs.map(({ x }) => x));
  const room = Math.max(textWidth(clock(from)), textWidth(clock(to))) + GAP;

  return (
    <div ref={element} style={{ position: 'relative' }}>
      <div role="img" aria-label={label}>
        <svg
          width={width}
          height={HEIGHT}
          style={{ display: 'block' }}
          {...handlers}
        >
          <ChartAxes
            plot={plot}
            width={width}
            values={[0, 25, 50, 75, 100].map(value => ({
              at: yOf(value),
              text: percent(value),
            }))}
            along={timeTicks(from, to, (plot.right - plot.left) / room).map(
              atMs => ({ at: xOf(atMs), text: clock(atMs) }),
            )}
          />
          {behind.map(guide => {
            const [x, y] =
              'percent' in guide
                ? [undefined, yOf(guide.percent)]
                : [xOf(guide.atMs), undefined];
            return (
              <line
                key={`${x} ${y}`}
                x1={x ?? plot.left}
                x2={x ?? plot.right}
                y1={y ?? plot.top}
                y2={y ?? plot.bottom}
                stroke={guide.stroke}
                strokeDasharray={guide.dash}
              />
            );
          })}
          <path
            d={areaPath(stairs, plot.bottom, 'stairs')}
            fill={accent.wash}
          />
          <path
            d={linePath(stairs, 'stairs')}
            fill="none"
            stroke={accent.mark}
            strokeWidth={2}
          />
          {stairs.map(
            ({ x, y }, i) =>
              (points[i].drift || i === index) && (
                <circle
                  key={i}
                  cx={x}
                  cy={y}
                  r={points[i].drift ? 5 : 3.5}
                  fill={points[i].drift ? degraded.mark : accent.mark}
                />
              ),
          )}
        </svg>
      </div>
      {index !== undefined && (
        <ChartHint
          x={stairs[index].x}
          width={width}
          title={clock(points[index].atMs)}
        >
          {t('canary.weights.share')} : {percent(points[index].percent)}
        </ChartHint>
      )}
    </div>
  );
}
