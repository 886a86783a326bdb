import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import {
  doesNotMatch,
  eq,
  matches,
  maxBy,
  neq,
  or,
  relabel,
  sumBy,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import { labelIn } from '../dialects/attributeNames';
import { patternsRegex } from '../objectives/modelFilter';
import type { ModelFilter } from '../objectives/SloObjective';
import { namedVersions, type Signal } from './Signal';

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
  dialect: MetricDialect,
  filter: ModelFilter | undefined,
): Signal {
  if (signal.versionNames) {
    return { ...signal, versions: filter };
  }
  return filter
    ? {
        ...signal,
        series: byModelLabel(signal, dialect, filter).flatMap(
          ([, { series }]) => series,
        ),
      }
    : signal;
}

/**
 * A number of native histograms, by model. Prometheus 2.42 makes zeros of the histograms that it relabels, so the model
 * gets its name after the number is known, one of the dialect's labels after the other. A model that some series name
 * by one label and some by another counts by the first.
 *
 * @param number - of a signal that keeps the label by which its series name the model
 * @param aggregate - for what cannot be summed up, where series name one version in several ways
 */
export function histogramsByModel(
  dialect: MetricDialect,
  signal: Signal,
  number: (histograms: Signal) => Expr,
  filter?: ModelFilter,
  aggregate: typeof sumBy | typeof maxBy = sumBy,
): Expr {
  const meant = ofModels(signal, dialect, signal.versionNames && filter);
  const [first, ...more] = byModelLabel(
    meant,
    dialect,
    signal.versionNames ? undefined : filter,
  ).map(([label, series]) => {
    const found = namedVersions(meant, number({ ...series, by: [label] }));
    return label === MODEL_LABEL
      ? found
      : aggregate([MODEL_LABEL], relabel(found, MODEL_LABEL, label, ANYTHING));
  });
  return or(first, ...more);
}

/** The series that each of the dialect's labels names the model of: those without an earlier one. */
function byModelLabel(
  signal: Signal,
  { modelLabels }: MetricDialect,
  filter: ModelFilter | undefined,
): [label: string, signal: Signal][] {
  return modelLabels.map((label, index) => [
    label,
    {
      ...signal,
      series: signal.series.map(one => ({
        ...one,
        matchers: [
          ...one.matchers,
          ...modelLabels
            .slice(0, index)
            .map(earlier => eq(labelIn(one.metric, earlier), '')),
          ...(filter ? wanted(labelIn(one.metric, label), filter) : []),
          neq(labelIn(one.metric, label), ''),
        ],
      })),
    },
  ]);
}

function wanted(label: string, { include, exclude }: ModelFilter): Matcher[] {
  return [
    matches(label, patternsRegex(include)),
    ...(exclude.length > 0
      ? [doesNotMatch(label, patternsRegex(exclude))]
      : []),
  ];
}
