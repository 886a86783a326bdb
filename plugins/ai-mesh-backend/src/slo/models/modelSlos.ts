import {
  known,
  unknown,
  type Latency,
  type Measured,
  type ModelSlos,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from '../../telemetry';
import type { ModelPrice } from '../cost/priceTable';
import type { SeenModel } from '../dialects/SeriesInventory';
import type { History } from '../gather/History';
import type { EntitySignals } from '../signals/EntitySignals';
import { notInDialect } from '../signals/notExported';
import { modelCost, modelTokens } from './modelCost';
import { modelLatency } from './modelLatency';
import type { ModelRates } from './ModelRates';
import { modelSeries } from './modelSeries';
import { ISTIO } from '../dialects/istioDialect';

/** What is known of an entity's models on one cluster. */
export interface ModelEvidence {
  cluster: string;
  signals: EntitySignals;
  rates: ModelRates;
  latency: Measured<readonly RateRow[]>;
  seen: readonly SeenModel[];
  history: History;
  prices: readonly ModelPrice[];
  /** Catalog entities by model. */
  entities: ReadonlyMap<string, string>;
  now: Date;
}

/** One model, without its objectives. */
export function modelSlos(
  model: string,
  evidence: ModelEvidence,
): Omit<ModelSlos, 'objectives'> {
  const { cluster, signals, rates, seen, now, prices, history } = evidence;
  const mine = seen.filter(one => one.model === model);
  const lastSeen = Math.max(...mine.map(one => one.lastSeen));
  const reporting = rates.models().includes(model);
  const latency = (quantile: number, name: 'duration' | 'firstToken') =>
    latencyOf(evidence, model, name, quantile);
  const requests = rates.measured('requests', model);
  const distinct = (values: (string | undefined)[]) =>
    [...new Set(values.flatMap(value => value ?? []))].sort();
  return {
    cluster,
    model,
    answeredBy: distinct([
      ...rates.answeredBy(model),
      ...mine.map(({ answeredBy }) => answeredBy),
    ]),
    versions: versionsOf(model, evidence, mine),
    ...optional(
      'provider',
      rates.provider(model) ?? mine.find(one => one.provider)?.provider,
    ),
    ...optional('entityRef', evidence.entities.get(model)),
    dialect: signals.dialect.name,
    ...(Number.isFinite(lastSeen) && {
      lastSeenAt: new Date(lastSeen * 1000).toISOString(),
    }),
    reporting,
    requestsPerSecond: requests,
    ...requestsByVersion(model, evidence),
    errorRatio: rates.errorRatio(model),
    errorsFrom: signals.errorsFrom,
    fallbacksPerSecond: fallbacks(rates, signals, model),
    p50: latency(0.5, 'duration'),
    p95: latency(0.95, 'duration'),
    p99: latency(0.99, 'duration'),
    percentilesAre:
      signals.duration?.form === 'quantiles' ? 'worst-pod' : 'service',
    timeToFirstTokenP95: latency(0.95, 'firstToken'),
    ...loadOf(rates, signals, model),
    ...modelTokens(rates, signals, model),
    ...modelCost(rates, signals, model, prices, now),
    series: modelSeries(model, history, signals, prices),
  };
}

/** Only of a dialect that has any of it. */
function loadOf(
  rates: ModelRates,
  { dialect }: EntitySignals,
  model: string,
): Pick<ModelSlos, 'load'> {
  if (!dialect.load) {
    return {};
  }
  const load = (signal: 'running' | 'waiting' | 'cacheUse') =>
    rates.load(signal, model) ?? notInDialect(dialect);
  return {
    load: {
      running: load('running'),
      waiting: load('waiting'),
      cacheUse: load('cacheUse'),
    },
  };
}

function latencyOf(
  { rates, latency, signals }: ModelEvidence,
  model: string,
  name: 'duration' | 'firstToken',
  quantile: number,
): Measured<Latency> {
  const requests = rates.rate('requests', model);
  return requests.status === 'known' && !requests.value
    ? unknown('no-traffic', [wording('slo.noRequests')])
    : modelLatency(name, quantile, model, latency, signals);
}

/** No series of fallbacks is none, where other models of the entity have some; else it is not exported. */
function fallbacks(
  rates: ModelRates,
  signals: EntitySignals,
  model: string,
): Measured<number> {
  const found = rates.measured('fallbacks', model);
  const exported = rates
    .models()
    .some(one => rates.measured('fallbacks', one).status === 'known');
  return found.status === 'unknown' &&
    found.reason === 'not-exported' &&
    signals.fallbacks &&
    exported
    ? known(0)
    : found;
}

/** Each of whose workloads the series name; the mesh's own models are versions already. */
function requestsByVersion(
  model: string,
  { signals, rates }: ModelEvidence,
): Pick<ModelSlos, 'requestsByVersion'> {
  const requests: Record<string, number> = {};
  for (const { name, version } of signals.series.workloads) {
    const rate = rates.rate('requests', model, name);
    if (version && rate.status === 'known' && rate.value !== undefined) {
      requests[version] = (requests[version] ?? 0) + rate.value;
    }
  }
  return Object.keys(requests).length > 0
    ? { requestsByVersion: requests }
    : {};
}

function versionsOf(
  model: string,
  { signals, rates }: ModelEvidence,
  seen: readonly SeenModel[],
): string[] {
  if (signals.dialect.name === ISTIO) {
    return [model];
  }
  const workloads = new Set([
    ...rates.workloads(model),
    ...seen.map(({ workload }) => workload),
  ]);
  return [
    ...new Set(
      signals.series.workloads.flatMap(({ name, version }) =>
        version && workloads.has(name) ? version : [],
      ),
    ),
  ].sort();
}

function optional<K extends string>(key: K, value: string | undefined) {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
