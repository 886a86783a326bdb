import type { ObjectiveProblem } from '@ai-mesh/plugin-ai-mesh-common';
import { countBy, or, selector, type Expr } from '../../prometheus/promql';
import type { RateRow } from '../../telemetry';
import {
  eachSeries,
  named,
  SIGNAL_LABEL,
  type Series,
} from '../signals/Signal';
import type { ReadObjectives } from './Problem';
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
 * The objectives whose counters are not too dear to ask for; a problem for each other one.
 *
 * @param rows - the answer to {@link seriesCountQuery}
 */
export function withoutDear(
  { objectives, problems }: ReadObjectives,
  rows: readonly RateRow[],
  mostSeries: number,
): ReadObjectives {
  const counters = distinctCounters(objectives);
  const counts = new Map(
    rows.map(({ labels, rate }) => [labels[SIGNAL_LABEL], rate]),
  );
  const kept: SloObjective[] = [];
  const dear: ObjectiveProblem[] = [];
  for (const objective of objectives) {
    const count = Math.max(
      0,
      ...countersOf(objective).map(
        series => counts.get(counters.get(textOf(series))!.number) ?? 0,
      ),
    );
    if (count > mostSeries) {
      dear.push({
        source: objective.source,
        message: `The SLO '${objective.id}' reads ${count} series, and ${mostSeries} at most are asked for (aiMesh.slo.limits.series): narrow its query, or record it by a rule.`,
      });
    } else {
      kept.push(objective);
    }
  }
  return { objectives: kept, problems: [...problems, ...dear] };
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
