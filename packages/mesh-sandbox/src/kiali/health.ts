import { hasEnvoy, isReady, MeshModel, PodObject, Workload } from '../mesh';
import { ObjectStore } from '../store';
import { KialiVersion } from './KialiVersion';
import { RequestRate, TrafficWindow } from './TrafficWindow';

export type HealthType = 'app' | 'service' | 'workload';

type Rates = Record<string, Record<string, number>>;

interface Requests {
  inbound: Rates;
  outbound: Rates;
  healthAnnotations: Record<string, string>;
}

/** From good to bad. */
const ORDER = ['NA', 'Healthy', 'Not Ready', 'Degraded', 'Failure'];

/** By namespace and name. */
type HealthByName = Record<
  string,
  Record<string, { status?: { status: string } } & Record<string, unknown>>
>;

/** Kiali's thresholds, percent of requests: 5xx and no answer, and from there on. */
const DEGRADED = 0.1;
const FAILURE = 10;
/** 4xx count too, but later. */
const DEGRADED_4XX = 10;
const FAILURE_4XX = 20;

/** The health of everything of a kind in the namespaces, by namespace and name. */
export function healthOf(
  type: HealthType,
  namespaces: readonly string[],
  {
    model,
    store,
    window,
    version,
    seconds,
    blind,
  }: {
    model: MeshModel;
    store: ObjectStore;
    window: TrafficWindow;
    version: KialiVersion;
    seconds: number;
    /** Kiali finds no series: it asks for those of another cluster's name. */
    blind: boolean;
  },
): HealthByName {
  const inScope = (one?: { namespace: string }) =>
    one !== undefined && namespaces.includes(one.namespace);
  const { requests: rates } = window.rates(
    seconds,
    ({ source, destination, service }) =>
      !blind && (inScope(source) || inScope(destination) || inScope(service)),
  );
  const requests = blind ? [] : rates;
  const health: HealthByName = {};
  for (const namespace of namespaces) {
    health[namespace] = {};
    for (const [name, workloads] of named(type, model, namespace)) {
      const traffic = trafficOf(type, namespace, name, requests);
      const statuses = workloads.map(one => workloadStatus(one, store));
      health[namespace][name] = {
        requests: traffic,
        ...(type === 'app' && { workloadStatuses: statuses }),
        ...(type === 'workload' && { workloadStatus: statuses[0] ?? null }),
        // Since 2.22 Kiali judges on the server.
        ...(version.atLeast(2, 22) && {
          status: judged(traffic, type === 'service' ? [] : statuses),
        }),
      };
    }
  }
  return health;
}

/** The worst status of each namespace's own, as newer versions sum it up. */
export function worstByNamespace(
  health: HealthByName,
): Record<string, { status: string }> {
  return Object.fromEntries(
    Object.entries(health).map(([namespace, byName]) => [
      namespace,
      {
        status: Object.values(byName)
          .map(one => one.status?.status ?? 'NA')
          .reduce(
            (worst, one) =>
              ORDER.indexOf(one) > ORDER.indexOf(worst) ? one : worst,
            'NA',
          ),
      },
    ]),
  );
}

function named(
  type: HealthType,
  model: MeshModel,
  namespace: string,
): Map<string, Workload[]> {
  const found = new Map<string, Workload[]>();
  if (type === 'service') {
    for (const service of model.services.values()) {
      // Hosts of ServiceEntries are services to Kiali too.
      if (service.namespace === namespace) {
        found.set(service.name, []);
      }
    }
    return found;
  }
  for (const workload of model.workloads.values()) {
    if (workload.namespace === namespace) {
      const name = type === 'app' ? workload.app : workload.name;
      found.set(name, [...(found.get(name) ?? []), workload]);
    }
  }
  return found;
}

function trafficOf(
  type: HealthType,
  namespace: string,
  name: string,
  requests: RequestRate[],
): Requests {
  const nameOf = (workload: Workload | undefined) =>
    workload?.namespace === namespace
      ? workload[type === 'app' ? 'app' : 'name']
      : undefined;
  const bySource: Rates = {};
  const byDestination: Rates = {};
  const outbound: Rates = {};
  for (const rate of requests) {
    const { reporter, source, destination, service } = rate.report;
    const isTarget =
      type === 'service'
        ? service.namespace === namespace && service.name === name
        : nameOf(destination) === name;
    if (isTarget) {
      add(reporter === 'source' ? bySource : byDestination, rate);
    }
    if (
      type !== 'service' &&
      reporter === 'source' &&
      nameOf(source) === name
    ) {
      add(outbound, rate);
    }
  }
  return {
    inbound: larger(bySource, byDestination),
    outbound,
    healthAnnotations: {},
  };
}

function add(rates: Rates, { report, perSecond }: RequestRate) {
  const { protocol, status, grpcStatus } = report;
  const code = status === 0 ? '-' : String(grpcStatus ?? status);
  rates[protocol] ??= {};
  rates[protocol][code] = (rates[protocol][code] ?? 0) + perSecond;
}

/** Of what both sides report Kiali takes the larger. */
function larger(one: Rates, other: Rates): Rates {
  const both: Rates = {};
  for (const rates of [one, other]) {
    for (const [protocol, codes] of Object.entries(rates)) {
      both[protocol] ??= {};
      for (const [code, rate] of Object.entries(codes)) {
        both[protocol][code] = Math.max(both[protocol][code] ?? 0, rate);
      }
    }
  }
  return both;
}

function workloadStatus(workload: Workload, store: ObjectStore) {
  const object = store.get<{
    apiVersion: string;
    kind: string;
    metadata: { name: string };
    spec: { replicas?: number };
  }>('apps', workload.kind, {
    namespace: workload.namespace,
    name: workload.name,
  });
  const pods = store
    .list<PodObject>('', 'Pod', { namespace: workload.namespace })
    .filter(pod =>
      workload.pods.some(({ name }) => name === pod.metadata.name),
    );
  return {
    name: workload.name,
    desiredReplicas: object?.spec.replicas ?? 1,
    currentReplicas: pods.length,
    availableReplicas: pods.filter(isReady).length,
    syncedProxies: hasEnvoy(workload) ? pods.length : -1,
  };
}

function judged(
  { inbound, outbound }: Requests,
  workloads: { desiredReplicas: number; availableReplicas: number }[],
): { status: string; errorRatio: number } {
  const judgements = [inbound, outbound]
    .flatMap(rates => Object.entries(rates))
    .map(([protocol, codes]) => judgeCodes(protocol, codes));
  for (const { desiredReplicas, availableReplicas } of workloads) {
    if (desiredReplicas === 0) {
      judgements.push({ status: 'Not Ready', errorRatio: 0 });
    } else if (availableReplicas === 0) {
      judgements.push({ status: 'Failure', errorRatio: 0 });
    } else if (availableReplicas < desiredReplicas) {
      judgements.push({ status: 'Degraded', errorRatio: 0 });
    } else {
      judgements.push({ status: 'Healthy', errorRatio: 0 });
    }
  }
  return judgements.reduce(
    (worst, one) =>
      ORDER.indexOf(one.status) > ORDER.indexOf(worst.status) ? one : worst,
    { status: 'NA', errorRatio: -1 },
  );
}

function judgeCodes(protocol: string, codes: Record<string, number>) {
  const total = Object.values(codes).reduce((sum, rate) => sum + rate, 0);
  const percent = (fits: (code: string) => boolean) =>
    (100 *
      Object.entries(codes)
        .filter(([code]) => fits(code))
        .reduce((sum, [, rate]) => sum + rate, 0)) /
    total;
  const faults = percent(code =>
    protocol === 'grpc' ? code !== '0' : code === '-' || code.startsWith('5'),
  );
  const refusals =
    protocol === 'grpc' ? 0 : percent(code => code.startsWith('4'));
  if (faults >= FAILURE || refusals >= FAILURE_4XX) {
    return { status: 'Failure', errorRatio: Math.max(faults, refusals) };
  }
  if (faults >= DEGRADED || refusals >= DEGRADED_4XX) {
    return { status: 'Degraded', errorRatio: Math.max(faults, refusals) };
  }
  return { status: 'Healthy', errorRatio: faults };
}
