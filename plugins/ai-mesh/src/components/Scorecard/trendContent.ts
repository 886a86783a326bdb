import type {
  CheckOutcome,
  ScorecardDay,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import type { ChartContent } from '../Charts';

const DAY_MS = 86_400_000;
/** In the order of the chart's colours, whose last is the healthy one. */
const LINES: readonly CheckOutcome[] = ['unknown', 'fail', 'pass'];

/** How many checks passed, failed and were unknown on each day. Days on which nothing was computed are gaps. */
export function trendContent(
  trend: readonly ScorecardDay[],
  { t, format }: { t: Translate; format: Format },
): ChartContent {
  const first = Date.parse(trend[0]?.day ?? '');
  const last = Date.parse(trend.at(-1)?.day ?? '');
  const byDay = new Map(trend.map(one => [one.day, one.counts]));
  const days = Array.from(
    {
      length: Number.isNaN(first) ? 0 : Math.round((last - first) / DAY_MS) + 1,
    },
    (_, index) => new Date(first + index * DAY_MS).toISOString(),
  );
  return {
    title: t('scorecard.trend.title'),
    times: days,
    series: LINES.map(outcome => ({
      name: t(`scorecard.outcome.${outcome}`),
      values: days.map(day => byDay.get(day.slice(0, 10))?.[outcome] ?? null),
      exact: value => format.number(value),
    })),
    axis: value => format.number(value),
    note: t('scorecard.trend.note'),
  };
}
