import { useTheme } from '@material-ui/core/styles';
import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { CHART_HEIGHT } from './chartHeight';
import type { ChartContent } from './Series';
import { useTooltipStyle } from './useTooltipStyle';

const DAY_MS = 86_400_000;
/** Lines differ by their dashes too, for those who cannot tell colours apart. */
const DASHES = [undefined, '6 3', '2 3'];

/** Lines over time. The arrow keys walk through its moments, as the pointer does. */
export function TimeChart(props: { content: ChartContent }) {
  const { title, times, series, axis, reference, cursor, marks, onPick } =
    props.content;
  const { t, format } = useFormat();
  const theme = useTheme();
  const tooltip = useTooltipStyle();
  const tones = useTones();
  const colours = [tones.accent.mark, tones.degraded.mark, tones.healthy.mark];
  const days =
    Date.parse(times.at(-1) ?? '') - Date.parse(times[0] ?? '') > DAY_MS;
  const rows = times.map((at, index) => ({
    at,
    ...Object.fromEntries(
      series.map(({ values }, line) => [`line${line}`, values[index]]),
    ),
  }));
  const isBelow = (bound: number) => goes(value => value < bound);
  const isAbove = (bound: number) => goes(value => value > bound);
  const tick = {
    fontSize: theme.typography.caption.fontSize,
    fill: theme.palette.text.secondary,
  };
  return (
    <ResponsiveContainer
      width="100%"
      height={CHART_HEIGHT}
      initialDimension={{ width: 420, height: CHART_HEIGHT }}
    >
      <LineChart
        data={rows}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        aria-label={t('chart.name', { title })}
        accessibilityLayer
        onClick={
          onPick &&
          (({ activeTooltipIndex }) => {
            const index = Number(activeTooltipIndex);
            if (activeTooltipIndex !== undefined && times[index]) {
              onPick(index);
            }
          })
        }
      >
        <CartesianGrid stroke={theme.palette.divider} vertical={false} />
        <XAxis
          dataKey="at"
          tick={tick}
          minTickGap={48}
          tickFormatter={at => format.clock(String(at), days)}
        />
        <YAxis
          tick={tick}
          width={64}
          tickFormatter={value => axis(Number(value))}
          domain={[isBelow(0) ? 'auto' : 0, isAbove(0) ? 'auto' : 1]}
        />
        <Tooltip
          {...tooltip}
          filterNull={false}
          labelFormatter={at => format.time(String(at))}
          formatter={(value, _name, item) => {
            const line = Number(String(item.dataKey).slice('line'.length));
            return [
              typeof value === 'number'
                ? series[line].exact(value)
                : t('chart.gap'),
              series[line].name,
            ];
          }}
        />
        {series.length > 1 && (
          <Legend
            formatter={name => (
              <span style={{ color: theme.palette.text.primary }}>{name}</span>
            )}
          />
        )}
        {reference && (
          <ReferenceLine
            y={reference.value}
            stroke={tones.failing.mark}
            strokeDasharray="4 4"
            label={{
              value: reference.label,
              position: isBelow(reference.value)
                ? 'insideTopRight'
                : 'insideBottomRight',
              fontSize: tick.fontSize,
              fill: tones.failing.text,
            }}
          />
        )}
        {marks?.map(at => (
          <ReferenceLine
            key={at}
            x={at}
            stroke={tones.unknown.mark}
            strokeDasharray="2 3"
          />
        ))}
        {cursor && (
          <ReferenceLine
            x={cursor}
            stroke={tones.accent.mark}
            strokeWidth={2}
          />
        )}
        {series.map(({ name }, line) => (
          <Line
            key={name}
            name={name}
            dataKey={`line${line}`}
            type="linear"
            stroke={colours[line % colours.length]}
            strokeDasharray={DASHES[line % DASHES.length]}
            strokeWidth={2}
            // A lone value between two gaps would be no line at all.
            dot={({ key, cx, cy, index }) =>
              standsAlone(series[line].values, index) ? (
                <circle
                  key={key}
                  cx={cx}
                  cy={cy}
                  r={2.5}
                  fill={colours[line % colours.length]}
                />
              ) : (
                <g key={key} />
              )
            }
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );

  function goes(there: (value: number) => boolean): boolean {
    return series.some(({ values }) =>
      values.some(value => value !== null && there(value)),
    );
  }
}

function standsAlone(
  values: ReadonlyArray<number | null>,
  index: number,
): boolean {
  const known = (at: number) => typeof values[at] === 'number';
  return known(index) && !known(index - 1) && !known(index + 1);
}
