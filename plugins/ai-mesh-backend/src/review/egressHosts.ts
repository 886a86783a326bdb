import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import {
  inScope,
  isPassedThrough,
  istioLabels,
  named,
  namedPair,
  reporterOf,
  TCP_METRIC_LABEL,
  type NamespacedName,
  type RateRow,
} from '../telemetry';
import type { EgressHost } from './ReviewSubject';

/** Envoy's cluster for what the mesh has no service for. */
const PASSTHROUGH = 'PassthroughCluster';
const BLACK_HOLE = 'BlackHoleCluster';
const ADDRESS = /^(\d+\.){3}\d+$|^\[/;

/**
 * The hosts outside the cluster that some workloads call, as their own proxies report it.
 *
 * @param rows - with the clusters of both ends named
 */
export function egressHosts(
  snapshot: MeshSnapshot,
  workloads: readonly NamespacedName[],
  rows: {
    requests: Measured<readonly RateRow[]>;
    connections: Measured<readonly RateRow[]>;
  },
): Measured<readonly EgressHost[]> {
  const { requests, connections } = rows;
  if (requests.status === 'unknown') {
    return requests;
  }
  if (connections.status === 'unknown') {
    return connections;
  }
  const ours = inScope({ to: [], from: workloads });
  const rates = new Map<string | undefined, number>();
  for (const row of [
    ...requests.value,
    ...connections.value.filter(
      ({ labels }) => labels[TCP_METRIC_LABEL] === 'opened',
    ),
  ]) {
    if (
      ours(row) &&
      row.labels[istioLabels.sourceCluster] === snapshot.cluster &&
      row.rate > 0 &&
      reporterOf(row) === 'source' &&
      !isAnsweredInside(row.labels) &&
      isOutside(snapshot, row.labels)
    ) {
      const host = hostOf(row.labels);
      rates.set(host, (rates.get(host) ?? 0) + row.rate);
    }
  }
  return known(
    [...rates]
      .map(([host, perSecond]) => ({ host, perSecond }))
      .sort((a, b) => b.perSecond - a.perSecond),
  );
}

type Labels = RateRow['labels'];

/** A call by address to a workload of the mesh goes around its Services, and not outside. */
function isAnsweredInside(labels: Labels): boolean {
  return (
    isPassedThrough({ labels }) &&
    named(labels, istioLabels.destinationWorkload) !== undefined
  );
}

function isOutside(snapshot: MeshSnapshot, labels: Labels): boolean {
  const name = named(labels, istioLabels.destinationService);
  const host = bare(labels[istioLabels.destinationHost] ?? '');
  const service = namedPair(
    labels,
    istioLabels.destinationServiceNamespace,
    istioLabels.destinationService,
  );
  return (
    name !== undefined &&
    // What the mesh blocks goes nowhere.
    name !== BLACK_HOLE &&
    !host.endsWith(`.svc.${snapshot.clusterDomain}`) &&
    !(service && snapshot.get('Service', service.namespace, service.name))
  );
}

/** Undefined where the proxy knows no more than an address, or not even that. */
function hostOf(labels: Labels): string | undefined {
  const host = bare(labels[istioLabels.destinationHost] ?? '');
  return host === '' || host === PASSTHROUGH || ADDRESS.test(host)
    ? undefined
    : host;
}

function bare(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
