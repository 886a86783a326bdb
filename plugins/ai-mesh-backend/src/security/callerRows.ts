import type { Caller } from '@ai-mesh/plugin-ai-mesh-common';
import { istioLabels, named, namedPair } from '../telemetry/istioLabels';
import type { NamespacedName } from '../telemetry/TrafficScope';
import { COUNTED_LABEL } from './encryptionQueries';

type Labels = Readonly<Record<string, string>>;
interface Row {
  readonly labels: Labels;
}

/** As a report names a caller. */
export type NamedCaller = Omit<Caller, 'cluster'> & {
  /** Where it is another than the called side's. */
  readonly cluster?: string;
};

/** Who a report says called: by workload and its cluster; where Istio does not know it, by principal; else one of the nameless. */
export function callerOf(labels: Labels): NamedCaller {
  const workload = namedPair(
    labels,
    istioLabels.sourceNamespace,
    istioLabels.sourceWorkload,
  );
  const principal = named(labels, istioLabels.sourcePrincipal)?.replace(
    /^spiffe:\/\//,
    '',
  );
  const cluster = otherCluster(labels);
  const id = workload
    ? `${workload.namespace}/${workload.name}`
    : (principal ?? 'unknown');
  return {
    id: cluster === undefined ? id : `${cluster}/${id}`,
    ...(cluster !== undefined && { cluster }),
    ...(workload && {
      namespace: workload.namespace,
      workload: workload.name,
    }),
    ...(principal !== undefined && { principal }),
  };
}

function otherCluster(labels: Labels): string | undefined {
  const source = named(labels, istioLabels.sourceCluster);
  const called = named(labels, istioLabels.destinationCluster);
  return called === undefined || source === called ? undefined : source;
}

/** Whether a row is about a service, and not about a namesake in another namespace. */
export function isTo(
  labels: Labels,
  { namespace, name }: NamespacedName,
): boolean {
  return (
    labels[istioLabels.destinationService] === name &&
    labels[istioLabels.destinationServiceNamespace] === namespace
  );
}

/**
 * Where a waypoint and the called proxy both report a caller's requests, or its connections, the called proxy counts. Of one
 * that calls through a waypoint and around it the waypoint tells of requests, and the called ztunnel of connections.
 *
 * @param rows - of one caller and service
 */
export function withoutDoubles<T extends Row>(rows: readonly T[]): T[] {
  const isRequests = ({ labels }: Row) =>
    (labels[COUNTED_LABEL] ?? 'requests') === 'requests';
  const isCalled = ({ labels }: Row) =>
    labels[istioLabels.reporter] === 'destination';
  const told = new Set(rows.filter(isCalled).map(isRequests));
  return rows.filter(row => isCalled(row) || !told.has(isRequests(row)));
}
