import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import {
  doesNotMatch,
  eq,
  matches,
  maxBy,
  neq,
  relabel,
  sumBy,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import { patternsRegex } from '../objectives/modelFilter';
import type { ModelFilter } from '../objectives/SloObjective';
import type { Signal } from './Signal';

/** The label that recorded series name the model by, whatever the dialect calls it. */
export const MODEL_LABEL = 'model';

/** A name may hold a line break, which a dot does not match. */
const ANYTHING = '([\\s\\S]+)';

/**
 * Sums by model (and more), under the name that was asked for, else the one that answered.
 *
 * @param aggregate - for what cannot be summed up
 */
export function byModel(
  { modelLabels }: MetricDialect,
  expr: Expr,
  more: readonly string[] = [],
  aggregate: typeof sumBy | typeof maxBy = sumBy,
): Expr {
  const named = [...modelLabels]
    .reverse()
    .filter(label => label !== MODEL_LABEL)
    .reduce<Expr>(
      (inner, label) => relabel(inner, MODEL_LABEL, label, ANYTHING),
      expr,
    );
  return aggregate([MODEL_LABEL, ...more], named);
}

/** The other way round: gives a series by model the label by which the dialect's own series name it. */
export function asDialect({ modelLabels }: MetricDialect, expr: Expr): Expr {
  return modelLabels[0] === MODEL_LABEL
    ? expr
    : relabel(expr, modelLabels[0], MODEL_LABEL, ANYTHING);
}

/** A signal's series of the models that a filter names, by the first of the dialect's labels that a series has. */
export function ofModels(
  signal: Signal,
  { modelLabels }: MetricDialect,
  filter: ModelFilter | undefined,
): Signal {
  if (!filter) {
    return signal;
  }
  const wanted = (label: string): Matcher[] => [
    matches(label, patternsRegex(filter.include)),
    ...(filter.exclude.length > 0
      ? [doesNotMatch(label, patternsRegex(filter.exclude))]
      : []),
    neq(label, ''),
  ];
  return {
    ...signal,
    series: signal.series.flatMap(({ metric, matchers }) =>
      modelLabels.map((label, index) => ({
        metric,
        matchers: [
          ...matchers,
          ...modelLabels.slice(0, index).map(earlier => eq(earlier, '')),
          ...wanted(label),
        ],
      })),
    ),
  };
}
