import {
  known,
  unknown,
  wording,
  wordsOf,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { countBy, or, selector, type Expr } from '../../prometheus/promql';
import type { RateRow } from '../../telemetry';
import {
  eachSeries,
  named,
  SIGNAL_LABEL,
  type Series,
} from '../signals/Signal';
import type { SloObjective } from './SloObjective';

/** How many series each counter of a document's own has at present; undefined where there is none. */
export function seriesCountQuery(
  objectives: readonly SloObjective[],
): Expr | undefined {
  const [first, ...more] = [...distinctCounters(objectives).values()].map(
    ({ number, series }) =>
      named(
        number,
        countBy(
          [],
          eachSeries({ series, by: [] }, ({ metric, matchers }) =>
            selector(metric, ...matchers),
          ),
        ),
      ),
  );
  return first && or(first, ...more);
}

/**
 * The objectives, where one whose counters are too dear to ask for, or may be, says so and is not asked for.
 *
 * @param counted - the answer to {@link seriesCountQuery}
 */
export function sparingDear(
  objectives: readonly SloObjective[],
  counted: Measured<readonly RateRow[]>,
  mostSeries: number,
): SloObjective[] {
  const most = mostOf(objectives, counted);
  return objectives.map(objective => {
    const { id } = objective;
    const count = most(objective);
    if (count.status === 'unknown') {
      const { reason, message = reason, words } = count;
      return {
        ...objective,
        unasked: unknown(reason, [
          wording('slo.uncounted', { objective: id }),
          ...wordsOf({ message, words }),
        ]),
      };
    }
    const tooMany = { objective: id, count: count.value, most: mostSeries };
    return count.value > mostSeries
      ? {
          ...objective,
          unasked: unknown('not-configured', [wording('slo.dear', tooMany)]),
        }
      : objective;
  });
}

/** How many series the largest counter of an objective has; 0 where it has none of its own. */
function mostOf(
  objectives: readonly SloObjective[],
  counted: Measured<readonly RateRow[]>,
): (objective: SloObjective) => Measured<number> {
  const counters = distinctCounters(objectives);
  const counts = new Map(
    counted.status === 'known'
      ? counted.value.map(({ labels, rate }) => [labels[SIGNAL_LABEL], rate])
      : [],
  );
  return objective => {
    const own = countersOf(objective);
    if (own.length > 0 && counted.status === 'unknown') {
      return counted;
    }
    // What is missing from the answer has no series.
    const sizes = own.map(
      series => counts.get(counters.get(textOf(series))!.number) ?? 0,
    );
    return sizes.every(size => Number.isInteger(size) && size >= 0)
      ? known(Math.max(0, ...sizes))
      : unknown('source-unreachable', [wording('slo.noCount')]);
  };
}

/** By what is asked for: many objectives have a total in common. */
function distinctCounters(
  objectives: readonly SloObjective[],
): Map<string, { number: string; series: readonly Series[] }> {
  const found = new Map<
    string,
    { number: string; series: readonly Series[] }
  >();
  for (const series of objectives.flatMap(countersOf)) {
    const text = textOf(series);
    if (!found.has(text)) {
      found.set(text, { number: String(found.size), series });
    }
  }
  return found;
}

function countersOf({ indicator }: SloObjective): (readonly Series[])[] {
  return indicator.kind === 'custom'
    ? [indicator.total, indicator.good, indicator.bad].flatMap(series =>
        series ? [series] : [],
      )
    : [];
}

function textOf(series: readonly Series[]): string {
  return series
    .map(({ metric, matchers }) => selector(metric, ...matchers))
    .join(' or ');
}
