import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { ChartAxes, textWidth } from './ChartAxes';
import { CHART_HEIGHT } from './chartHeight';
import { ChartHint } from './ChartHint';
import { ChartLegend } from './ChartLegend';
import { linePath, lonePoints } from './paths';
import { ReferenceLine } from './ReferenceLine';
import type { ChartContent } from './Series';
import { timePlot } from './timePlot';
import { usePointed } from './usePointed';
import { useWidth } from './useWidth';

const DAY_MS = 86_400_000;
/** Lines differ by their dashes too, for those who cannot tell colours apart. */
const DASHES = [undefined, '6 3', '2 3'];
const LEGEND_HEIGHT = 20;
/** Pixels between two times along the bottom. */
const GAP = 48;

/** Lines over time. The arrow keys walk through its moments, as the pointer does. */
export function TimeChart(props: { content: ChartContent }) {
  const { content } = props;
  const { title, times, series, axis, reference, cursor, marks, onPick } =
    content;
  const { t, format } = useFormat();
  const tones = useTones();
  const [element, width] = useWidth(420);
  const height = CHART_HEIGHT - (series.length > 1 ? LEGEND_HEIGHT : 0);
  const { plot, xs, yOf, ticks } = timePlot(content, { width, height });
  const { index, handlers, keyHandlers } = usePointed(xs, onPick);

  const colours = [tones.accent.mark, tones.degraded.mark, tones.healthy.mark];
  const lines = series.map(({ values, ...one }, line) => ({
    ...one,
    values,
    stroke: colours[line % colours.length],
    dash: DASHES[line % DASHES.length],
    points: xs.map((x, at) => {
      const value = values[at] ?? null;
      return { x, y: value === null ? null : yOf(value) };
    }),
  }));
  const withDate =
    Date.parse(times.at(-1) ?? '') - Date.parse(times[0] ?? '') > DAY_MS;
  const uprights = [
    ...(marks ?? []).map(at => ({ at, tone: tones.unknown, dash: '2 3' })),
    ...(cursor ? [{ at: cursor, tone: tones.accent, dash: undefined }] : []),
  ].filter(({ at }) => times.includes(at));

  return (
    <div ref={element} style={{ position: 'relative' }}>
      <svg
        width={width}
        height={height}
        role="application"
        tabIndex={0}
        aria-label={t('chart.name', { title })}
        style={{ display: 'block', cursor: onPick && 'pointer' }}
        {...handlers}
        {...keyHandlers}
      >
        <ChartAxes
          plot={plot}
          width={width}
          values={ticks.map(value => ({ at: yOf(value), text: axis(value) }))}
          along={spaced(
            times.map(at => format.clock(at, withDate)),
            xs,
          )}
        />
        {reference &&
          reference.value >= ticks[0] &&
          reference.value <= ticks[ticks.length - 1] && (
            <ReferenceLine
              plot={plot}
              y={yOf(reference.value)}
              label={reference.label}
            />
          )}
        {uprights.map(({ at, tone, dash }) => {
          const x = xs[times.indexOf(at)];
          return (
            <line
              key={`${at} ${dash}`}
              x1={x}
              x2={x}
              y1={plot.top}
              y2={plot.bottom}
              stroke={tone.mark}
              strokeWidth={dash ? 1 : 2}
              strokeDasharray={dash}
            />
          );
        })}
        {lines.map(({ name, points, stroke, dash }) => (
          <g key={name} fill={stroke}>
            <path
              d={linePath(points)}
              fill="none"
              stroke={stroke}
              strokeWidth={2}
              strokeDasharray={dash}
            />
            {lonePoints(points).map(({ x, y }) => (
              <circle key={x} cx={x} cy={y} r={2.5} />
            ))}
            {index !== undefined && points[index].y !== null && (
              <circle cx={points[index].x} cy={points[index].y} r={3.5} />
            )}
          </g>
        ))}
      </svg>
      {series.length > 1 && <ChartLegend lines={lines} />}
      {index !== undefined && (
        <ChartHint
          x={xs[index]}
          width={width}
          title={format.time(times[index])}
        >
          {lines.map(({ name, values, exact }) => {
            const value = values[index];
            return (
              <div key={name}>
                {name} :{' '}
                {typeof value === 'number' ? exact(value) : t('chart.gap')}
              </div>
            );
          })}
        </ChartHint>
      )}
    </div>
  );
}

/** Of texts along an axis as many as find room, from the first one on. */
function spaced(texts: readonly string[], xs: readonly number[]) {
  const widest = Math.max(0, ...texts.map(textWidth)) + GAP;
  const apart = xs.length > 1 ? xs[1] - xs[0] : widest;
  const every = Math.max(1, Math.ceil(widest / apart));
  return texts
    .map((text, index) => ({ at: xs[index], text }))
    .filter((_, index) => index % every === 0);
}
