import {
  unknown,
  type Measured,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  CounterSpec,
  DurationSpec,
  ErrorSpec,
  MetricDialect,
} from '@ai-mesh/plugin-ai-mesh-node';
import {
  isPlainMetric,
  matches,
  neq,
  noneOf,
  oneOf,
  type Matcher,
} from '../../prometheus/promql';
import {
  istioLabels,
  istioMetrics,
  NO_REPORTER,
  reportsIn,
} from '../../telemetry';
import { labelIn } from '../dialects/attributeNames';
import {
  ofPods,
  ofServices,
  type EntitySeries,
} from '../dialects/EntitySeries';
import { labelsOf } from '../dialects/inventoryQuery';
import { ISTIO } from '../dialects/istioDialect';
import type { SeenModel, SeriesInventory } from '../dialects/SeriesInventory';
import type { DurationSignal, EntitySignals } from './EntitySignals';
import type { Series, Signal } from './Signal';

/**
 * Turns a dialect into the series to ask for. Undefined where nothing can be asked: the entity has no workload (for
 * Istio: no service).
 */
export function compileSignals(
  dialect: MetricDialect,
  series: EntitySeries,
  inventory: SeriesInventory,
): EntitySignals | undefined {
  const mesh = dialect.name === ISTIO;
  const counted = mesh ? ofServices(series) : ofPods(series);
  if (!counted) {
    return undefined;
  }
  const reports = reportsOf(series, inventory);
  const own = mesh && reports ? reports.to : counted;
  const by = dialect.modelLabels;
  const exporter = mesh
    ? undefined
    : [series.podLabels.namespace, series.podLabels.pod];
  const versionNames =
    mesh && series.versionNames?.length ? series.versionNames : undefined;
  const of = { by, exporter, versionNames };
  const { requiredLabel } = dialect;
  /** What is asked of a metric's series, whose labels may keep OpenTelemetry's names. */
  const conditionsOf: ConditionsOf = metric => ({
    matchers: requiredLabel
      ? [...own, neq(labelIn(metric, requiredLabel), '')]
      : own,
    ...(!isPlainMetric(metric) && { plainLabels: labelsOf(dialect) }),
    ...(mesh && { reports }),
  });
  const counter = (
    spec: CounterSpec | undefined,
    more: (metric: string) => Matcher[] = () => [],
  ): Signal | undefined =>
    spec && {
      ...of,
      series: spec.metrics.map(metric => {
        const conditions = conditionsOf(metric);
        return {
          ...inventory.counter(metric),
          ...conditions,
          matchers: [
            ...conditions.matchers,
            ...where(metric, spec),
            ...more(metric),
          ],
        };
      }),
    };
  const duration = (spec: DurationSpec | undefined) =>
    durationSignal(inventory, spec, conditionsOf, of);
  const istioErrors = reports && meshErrors(reports);
  const { errors, tokens } = dialect;
  return {
    dialect,
    series,
    reporters: inventory.reporters(),
    requests: counter(dialect.requests)!,
    errors: mesh
      ? istioErrors && { ...istioErrors, ...of }
      : ownErrors(errors, counter),
    ...(!mesh &&
      istioErrors &&
      isIstioAsked(errors, inventory) && {
        borrowedErrors: {
          ...istioErrors,
          by: [istioLabels.destinationWorkload],
        },
      }),
    errorsFrom: errorsFrom(errors, inventory),
    errorsUntold: errorsUntold(dialect, inventory),
    sharingModels:
      errors.kind === 'istio' && !mesh
        ? sharingModels(inventory.models(dialect))
        : new Set(),
    fallbacks: counter(dialect.fallbacks),
    inputTokens: counter(tokens?.input),
    outputTokens: counter(tokens?.output),
    totalTokens: counter(tokens?.total),
    duration: duration(dialect.duration),
    timeToFirstToken: duration(dialect.timeToFirstToken),
    running: counter(dialect.load?.running),
    waiting: counter(dialect.load?.waiting),
    cacheUse: counter(dialect.load?.cacheUse),
  };
}

/** What the dialect itself counts as failed. */
function ownErrors(
  errors: ErrorSpec,
  counter: (
    spec: CounterSpec,
    more?: (metric: string) => Matcher[],
  ) => Signal | undefined,
): Signal | undefined {
  switch (errors.kind) {
    case 'istio':
      return undefined;
    case 'counter':
      return counter(errors.counter);
    default:
      return counter(errors.counter, metric => {
        const label = labelIn(metric, errors.label);
        return [
          noneOf(label, errors.ok),
          // Without the label nothing is said of a request: neither good nor bad.
          ...(errors.ok.includes('') ? [] : [neq(label, '')]),
        ];
      });
  }
}

function errorsFrom(
  errors: ErrorSpec,
  inventory: SeriesInventory,
): EntitySignals['errorsFrom'] {
  if (errors.kind === 'istio') {
    return 'istio';
  }
  return isIstioAsked(errors, inventory) ? 'both' : 'dialect';
}

function isIstioAsked(errors: ErrorSpec, inventory: SeriesInventory): boolean {
  return (
    errors.kind === 'istio' ||
    (errors.kind === 'label' &&
      errors.alsoIstio === true &&
      inventory.reporters().length > 0)
  );
}

function where(metric: string, spec: CounterSpec): Matcher[] {
  return Object.entries(spec.where ?? {}).map(([label, values]) =>
    oneOf(labelIn(metric, label), values),
  );
}

type ConditionsOf = (metric: string) => Omit<Series, 'metric' | 'native'>;

function durationSignal(
  inventory: SeriesInventory,
  spec: DurationSpec | undefined,
  conditionsOf: ConditionsOf,
  of: Omit<Signal, 'series'>,
): DurationSignal | undefined {
  const form = inventory.durationForm(spec);
  if (form.form === 'none') {
    return undefined;
  }
  const suffix = form.form === 'classic' ? '_bucket' : '';
  const series = form.metrics.map((metric): Series => ({
    metric: `${metric}${suffix}`,
    ...conditionsOf(metric),
  }));
  const histograms = form.form === 'native' && { histograms: true as const };
  return { ...form, source: { ...of, ...histograms, series } };
}

/** How Istio's reports of the entity's services are told apart; undefined without services. */
function reportsOf(
  series: EntitySeries,
  inventory: SeriesInventory,
): Series['reports'] {
  const to = ofServices(series);
  if (!to) {
    return undefined;
  }
  return reportsIn(to, {
    reporting: inventory.reportingClusters(),
    reporters: inventory.reporters(),
    istioCluster: series.istioCluster,
  });
}

/** Requests that the mesh saw fail: a gRPC failure arrives as HTTP 200, and its status says whose fault it is. */
function meshErrors(reports: NonNullable<Series['reports']>): Signal {
  const failed = (...matchers: Matcher[]): Series => ({
    metric: istioMetrics.requests,
    matchers: [...reports.to, ...matchers],
    reports,
  });
  return {
    by: [],
    series: [
      failed(matches(istioLabels.responseCode, '0|5..')),
      failed(
        matches(istioLabels.responseCode, '[1-4]..'),
        matches(istioLabels.grpcStatus, '2|4|8|1[2-5]'),
      ),
    ],
  };
}

function errorsUntold(
  { name, errors }: MetricDialect,
  inventory: SeriesInventory,
): Measured<never> | undefined {
  if (errors.kind === 'istio' && inventory.lacksReporter()) {
    return unknown('no-such-label', NO_REPORTER);
  }
  if (errors.kind === 'istio' && inventory.reporters().length === 0) {
    return unknown('not-exported', [
      wording('slo.istioSilent', { dialect: name }),
    ]);
  }
  if (
    errors.kind === 'label' &&
    !isIstioAsked(errors, inventory) &&
    !errors.ok.includes('') &&
    inventory.existing(errors.counter.metrics).length > 0 &&
    !inventory.hasLabel(errors.counter.metrics, errors.label)
  ) {
    return unknown('no-such-label', [
      wording('slo.noFailureLabel', {
        metric: errors.counter.metrics[0],
        label: errors.label,
      }),
    ]);
  }
  return undefined;
}

/** Models on workloads that run more than one. */
function sharingModels(models: readonly SeenModel[]): Set<string> {
  return new Set(
    models
      .filter(({ workload, model }) =>
        models.some(
          other => other.workload === workload && other.model !== model,
        ),
      )
      .map(({ model }) => model),
  );
}
