import {
  known,
  unknown,
  windowSeconds as secondsOf,
  type Measured,
  type Routes,
  type RoutesRequest,
  type ServiceRoutes,
  type Window,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { searchedSources } from '../target/searchedSources';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import { inTurns } from '../target/inTurns';
import type { ClusterTarget, Target, WorkloadRef } from '../target/Target';
import {
  applicationBreakersQuery,
  confinedPods,
  ClusterTelemetry,
  defaultPodLabels,
  isOfPods,
  limitsSomething,
  parseClusterName,
  readApplicationBreakers,
  readBreaker,
  remarkDroppedLabels,
  remarkUntoldCallers,
  ServiceReports,
  trafficFrom,
  type AskedCluster,
  type NamespacedName,
  type PodLabels,
  type RateRow,
  type WarmTables,
} from '../telemetry';
import type { EffectiveRoutes } from './EffectiveRoutes';
import { objectRef } from './objectRef';
import { measuredAs, observedTraffic } from './observedTraffic';
import { resolveRoutes } from './resolveRoutes';
import type { ServiceName } from './RouteSource';
import { ServiceTelemetry } from './ServiceTelemetry';

/** How requests to an entity's services are routed, beside what is seen of them. */
export class RoutesService {
  /**
   * @param podLabels - by which series of pods name them
   * @param tables - traffic that is known already; without, Prometheus is asked
   */
  constructor(
    private readonly podLabels: PodLabels = defaultPodLabels,
    private readonly tables?: WarmTables,
  ) {}

  /**
   * Never rejects for a source that fails: its row in `sources` says so.
   *
   * @param context - `withoutBreakers`: for who does not look at circuit breakers, which are not asked for, and unknown
   */
  async routes(
    target: Target,
    { window }: RoutesRequest,
    { now, withoutBreakers }: { now: Date; withoutBreakers?: boolean },
  ): Promise<Routes> {
    const clusters = await Promise.all(
      target.clusters
        .filter(({ services }) => services.length > 0)
        .map(one =>
          clusterRoutes(
            one,
            target.searched.map(({ cluster }) => cluster),
            window,
            this.podLabels,
            this.tables,
            withoutBreakers,
          ),
        ),
    );
    return {
      entityRef: target.entityRef,
      window,
      observedAt: now.toISOString(),
      resolution: target.resolution,
      services: clusters.flatMap(({ services }) => services),
      sources: [
        ...searchedSources(target),
        ...clusters.map(({ telemetry }) => telemetry.source),
      ],
      queries: clusters.flatMap(({ telemetry }) => [...telemetry.queries]),
    };
  }
}

const NOT_ASKED = unknown('not-configured');

/** Four questions a cluster, two without breakers, on a warm table one at most, however many services and destinations there are. */
async function clusterRoutes(
  { cluster, snapshot, services }: ClusterTarget,
  configured: readonly AskedCluster[],
  window: Window,
  podLabels: PodLabels,
  tables: WarmTables | undefined,
  withoutBreakers = false,
) {
  const windowSeconds = secondsOf[window];
  const routed: { service: ServiceName; routes: EffectiveRoutes }[] = [];
  for (const service of services) {
    await inTurns();
    routed.push({ service, routes: resolveRoutes(snapshot, service) });
  }
  await inTurns();
  const to = distinct([
    ...services,
    ...routed.flatMap(({ routes }) =>
      routes.rules
        .flatMap(({ destinations }) => destinations)
        .flatMap(destination => measuredAs(snapshot, destination) ?? []),
    ),
  ]);
  const reports = new ServiceReports(cluster, configured, snapshot, to);
  const scope = { to, from: [], around: reports.around };
  const hosts = routed
    .filter(({ routes }) => routes.breakers?.some(limitsSomething))
    .map(({ routes }) => routes.host);
  const telemetry = new ClusterTelemetry(cluster);
  const traffic = trafficFrom(cluster, telemetry, window, tables);
  const workloads = routed.map(({ service }) =>
    workloadsBehind(snapshot, service),
  );
  const [requestRows, bucketRows, breakers, applications] = await Promise.all([
    traffic.requests(scope),
    traffic.latency(scope),
    withoutBreakers ? NOT_ASKED : traffic.breakers(hosts),
    withoutBreakers
      ? NOT_ASKED
      : telemetry.rates(
          'application-breakers',
          applicationBreakersQuery(
            confinedPods(snapshot, workloads.flat(), podLabels),
            windowSeconds,
            podLabels,
          ),
        ),
  ]);
  const requests = reports.read(requestRows);
  const buckets = reports.read(bucketRows);
  reports.remarkMixed(telemetry);
  remarkUntoldCallers(telemetry, requests);
  await inTurns();
  const seen = new ServiceTelemetry({ requests, buckets, windowSeconds });
  if (requests.status === 'known' && requests.value.length === 0) {
    await remarkDroppedLabels(telemetry, services);
  }
  const read = [];
  for (const [index, { service, routes }] of routed.entries()) {
    await inTurns();
    read.push({
      ...serviceRoutes(snapshot, service, routes, seen, breakers),
      ...(cluster.editor?.readOnly && { readOnly: true as const }),
      applicationBreakers: readApplicationBreakers(
        cluster.name,
        applications,
        isOfPods(workloads[index], podLabels),
        podLabels,
      ),
    });
  }
  return { telemetry, services: read };
}

function workloadsBehind(
  snapshot: MeshSnapshot,
  { namespace, name }: ServiceName,
): readonly WorkloadRef[] {
  const service = snapshot.get('Service', namespace, name);
  return service ? workloadsOfService(snapshot, service) : [];
}

function serviceRoutes(
  snapshot: MeshSnapshot,
  service: ServiceName,
  routes: EffectiveRoutes,
  seen: ServiceTelemetry,
  breakers: Measured<readonly RateRow[]>,
): ServiceRoutes {
  return {
    service: { cluster: snapshot.cluster, ...service },
    rules: routes.rules.map(rule => ({
      ...rule,
      destinations: rule.destinations.map(destination => ({
        ...destination,
        observed: observedTraffic(snapshot, destination, seen),
      })),
    })),
    breakers: routes.breakers ?? [],
    breakerState: readBreaker({
      settings: routes.breakers,
      statistics:
        breakers.status === 'known'
          ? known(
              breakers.value
                .filter(
                  ({ labels }) =>
                    parseClusterName(labels.cluster_name ?? '')?.host ===
                    routes.host,
                )
                .map(({ labels, rate }) => ({ labels, value: rate })),
            )
          : breakers,
      requests: seen.reportsOf(service),
      endpoints: routes.endpoints,
    }),
    traffic: seen.trafficOf(service),
    endpoints: routes.endpoints,
    notes: routes.notes,
    objects: routes.objects.map(object => ({
      ref: objectRef(snapshot, object),
      manifest: { ...object },
    })),
  };
}

function distinct(services: readonly ServiceName[]): NamespacedName[] {
  return [
    ...new Map(
      services.map(({ namespace, name }) => [
        `${namespace}/${name}`,
        { namespace, name },
      ]),
    ).values(),
  ];
}
