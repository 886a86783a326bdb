import type {
  CounterSpec,
  DurationSpec,
  MetricDialect,
} from '@ai-mesh/plugin-ai-mesh-node';
import {
  countBy,
  escapeRegex,
  lastSeen,
  maxBy,
  or,
  seriesNamed,
  tag,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import {
  istioLabels,
  untoldCallersQuery,
  WORKLOAD_LABEL,
  withWorkload,
} from '../../telemetry';
import { spellingsOfAll } from '../../prometheus/metricSpelling';
import { withPlainLabels } from './attributeNames';
import { ofPods, ofServices, type EntitySeries } from './EntitySeries';
import { ISTIO } from './istioDialect';
import { partOfHistogram } from './partOfHistogram';
import { VERSION_LABELS } from './versionNames';

/** Tells the parts of the answer apart: what exists now, and what was seen of a dialect. */
export const INVENTORY_LABEL = 'ai_mesh_inventory';
export const PRESENT = 'present';

/** A model that stopped reporting is shown for so long. */
export const MODEL_MEMORY_SECONDS = 86_400;
const MEMORY_STEP_SECONDS = 300;

/**
 * One question: which series of any dialect exist, with which bucket bounds, and which models were seen in the last
 * 24 h. Undefined for an entity without services and workloads.
 */
export function inventoryQuery(
  dialects: readonly MetricDialect[],
  series: EntitySeries,
): Expr | undefined {
  const parts = dialects.flatMap(dialect => seenQuery(dialect, series) ?? []);
  const present = presentQueries(dialects, series);
  const [first, ...more] = [...present, ...parts];
  return first && or(first, ...more);
}

function presentQueries(
  dialects: readonly MetricDialect[],
  series: EntitySeries,
): Expr[] {
  const pods = ofPods(series);
  const services = ofServices(series);
  const asked = dialects.flatMap(({ requiredLabel, errors }) => [
    ...(requiredLabel ? [requiredLabel] : []),
    // Where a missing label is no success, it has to be known whether it is there.
    ...(errors.kind === 'label' && !errors.ok.includes('')
      ? [errors.label]
      : []),
  ]);
  const count = (names: readonly string[], by: string[], all: Matcher[]) =>
    tag(
      countBy(
        ['__name__', 'le', ...by],
        withPlainLabels(seriesNamed(names, ...all), by),
      ),
      INVENTORY_LABEL,
      PRESENT,
    );
  const own = namesIn(dialects.filter(({ name }) => name !== ISTIO));
  const mesh = namesIn(dialects.filter(({ name }) => name === ISTIO));
  return [
    ...(pods && own.length > 0
      ? [count(own, [...new Set(['quantile', ...asked])], pods)]
      : []),
    ...(services && mesh.length > 0
      ? [
          count(
            mesh,
            [
              istioLabels.reporter,
              istioLabels.sourceCluster,
              istioLabels.destinationCluster,
            ],
            services,
          ),
          untoldCallersQuery(services),
        ]
      : []),
  ];
}

/** When each of the dialect's models last counted a request: its newest sample in the last day. */
function seenQuery(
  dialect: MetricDialect,
  series: EntitySeries,
): Expr | undefined {
  const mesh = dialect.name === ISTIO;
  const matchers = mesh ? ofServices(series) : ofPods(series);
  if (!matchers) {
    return undefined;
  }
  const names = regexesOf(dialect, withHistograms(dialect.requests));
  const seen = withPlainLabels(
    lastSeen(
      seriesNamed(names, ...matchers),
      MODEL_MEMORY_SECONDS,
      MEMORY_STEP_SECONDS,
    ),
    [...labelsOf(dialect), ...required(dialect)],
  );
  return tag(
    maxBy(
      [
        ...new Set([
          ...labelsOf(dialect),
          ...required(dialect),
          ...(mesh ? VERSION_LABELS : [WORKLOAD_LABEL]),
        ]),
      ],
      mesh ? seen : withWorkload(seen, series.workloads, series.podLabels),
    ),
    INVENTORY_LABEL,
    dialect.name,
  );
}

function required({ requiredLabel }: MetricDialect): string[] {
  return requiredLabel ? [requiredLabel] : [];
}

/** Regular expressions of some metrics' names in a dialect. */
function regexesOf(
  { anySpelling }: Pick<MetricDialect, 'anySpelling'>,
  metrics: readonly string[],
): string[] {
  return anySpelling && metrics.length > 0
    ? [spellingsOfAll(metrics)]
    : metrics.map(escapeRegex);
}

/** The labels that name a model, what answered, and whose it is. */
export function labelsOf({
  modelLabels,
  answeredByLabel,
  providerLabels,
}: MetricDialect): string[] {
  return [
    ...new Set([
      ...modelLabels,
      ...(answeredByLabel ? [answeredByLabel] : []),
      ...providerLabels,
    ]),
  ];
}

/** A counter's names, and those of the native histograms that it may be a number of. */
function withHistograms(counter: CounterSpec | undefined): string[] {
  const metrics = counter?.metrics ?? [];
  return [
    ...metrics,
    ...metrics.flatMap(metric => partOfHistogram(metric)?.metric ?? []),
  ];
}

/** Regular expressions of all names that the dialects' metrics may have. */
function namesIn(dialects: readonly MetricDialect[]): string[] {
  const metrics = (anySpelling: boolean) =>
    dialects
      .filter(one => Boolean(one.anySpelling) === anySpelling)
      .flatMap(metricsOf);
  return [true, false].flatMap(anySpelling =>
    regexesOf({ anySpelling }, metrics(anySpelling)),
  );
}

/** All metrics that the dialect reads, as their documentation writes them. */
function metricsOf(dialect: MetricDialect): string[] {
  const { requests, errors, fallbacks, tokens, load } = dialect;
  const counters: (CounterSpec | undefined)[] = [
    requests,
    'counter' in errors ? errors.counter : undefined,
    fallbacks,
    tokens?.input,
    tokens?.output,
    tokens?.total,
    load?.running,
    load?.waiting,
    load?.cacheUse,
  ];
  const durations: (DurationSpec | undefined)[] = [
    dialect.duration,
    dialect.timeToFirstToken,
  ];
  return [
    ...counters.flatMap(spec => withHistograms(spec)),
    ...durations.flatMap(spec =>
      (spec?.metrics ?? []).flatMap(name => [name, `${name}_bucket`]),
    ),
  ];
}
