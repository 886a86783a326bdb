import {
  bornSince,
  countBy,
  grownSince,
  increase,
  returnedSince,
  sumBy,
  type CountSpan,
  type Expr,
  type Selector,
} from '../../prometheus/promql';
import {
  countersOf,
  type CounterTemplate,
  type TemplateScope,
} from '../../prometheus/series';
import { istioLabels } from '../../telemetry/istioLabels';
import { bucketsOf, type QualityGate } from '../gates';
import type { Part, PartName, VersionName } from './gateQueries';

/** What a part counts of a gate. Series of several metrics are asked for by themselves: without a name they are alike. */
export type QualityRole =
  | 'all'
  | 'bad'
  | 'good'
  | 'sum'
  | 'count'
  | 'sum-since'
  | 'count-since'
  | 'squares'
  | 'buckets'
  | 'born'
  | 'returned';

export function qualityPart(
  gate: string,
  role: QualityRole,
  index: number,
): PartName {
  return `quality:${gate}:${role}:${index}`;
}

/** The templates of a gate that count something. */
export function countersOfGate(
  gate: QualityGate,
): Partial<Record<QualityRole, CounterTemplate>> {
  switch (gate.kind) {
    case 'share':
      return {
        all: gate.all,
        ...(gate.bad && { bad: gate.bad }),
        ...(gate.good && { good: gate.good }),
      };
    case 'mean':
      return {
        sum: gate.sum,
        count: gate.count,
        ...(gate.squares && { squares: gate.squares }),
      };
    default:
      return {};
  }
}

/**
 * All that there is to count of one version: shares and values since a moment, one by one, and what means are made of over a
 * window.
 *
 * @param windowSeconds - absent where the weights are too young for one
 */
export function qualityQueries(
  gates: readonly QualityGate[],
  version: VersionName,
  scope: TemplateScope,
  span: CountSpan,
  windowSeconds: number | undefined,
): Part[] {
  return gates.flatMap(gate => {
    const ask = (
      role: QualityRole,
      template: CounterTemplate | undefined,
      read: (series: Selector) => Expr,
      add: typeof sumBy = sumBy,
      from = 0,
      by: string[] = [],
    ): Part[] =>
      (template ? countersOf(template, scope) : []).map((series, index) => ({
        part: qualityPart(gate.name, role, from + index),
        version,
        expr: add(by, read(series)),
      }));
    const grown = (series: Selector) => grownSince(series, span);
    const returned = (series: Selector) => returnedSince(series, span);
    if (gate.kind === 'share') {
      const { all, bad, good } = gate;
      const other = bad ?? good;
      return [
        ...ask('all', all, grown),
        ...ask('bad', bad, grown),
        ...ask('good', good, grown),
        ...ask('born', all, series => bornSince(series, span)),
        ...ask('returned', all, returned, countBy),
        ...ask('returned', other, returned, countBy, all.series.length),
      ];
    }
    if (gate.kind === 'mean') {
      const { sum, count, squares } = gate;
      const buckets = squares ? undefined : bucketsOf(gate);
      const inWindow = (series: Selector) =>
        increase(series, windowSeconds ?? 0);
      return [
        ...(windowSeconds === undefined || gate.ofRequests
          ? []
          : [...ask('sum', sum, inWindow), ...ask('count', count, inWindow)]),
        ...(squares || buckets
          ? [
              ...ask('sum-since', sum, grown),
              ...ask('count-since', count, grown),
              ...ask('squares', squares, grown),
              ...ask('buckets', buckets, grown, sumBy, 0, [istioLabels.bucket]),
              ...ask('born', count, series => bornSince(series, span)),
              ...ask('returned', count, returned, countBy),
            ]
          : []),
      ];
    }
    return [];
  });
}
