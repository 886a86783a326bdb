import type { Caller } from '@ai-mesh/plugin-ai-mesh-common';
import { istioLabels, named, namedPair } from '../telemetry/istioLabels';
import type { NamespacedName } from '../telemetry/neighbourhoodQueries';

type Labels = Readonly<Record<string, string>>;
interface Row {
  readonly labels: Labels;
}

/** Who a report says called: by workload; where Istio does not know it, by principal; else one of the nameless. */
export function callerOf(labels: Labels): Omit<Caller, 'cluster'> {
  const workload = namedPair(
    labels,
    istioLabels.sourceNamespace,
    istioLabels.sourceWorkload,
  );
  const principal = named(labels, istioLabels.sourcePrincipal)?.replace(
    /^spiffe:\/\//,
    '',
  );
  const id = workload
    ? `${workload.namespace}/${workload.name}`
    : (principal ?? 'unknown');
  return {
    id,
    ...(workload && {
      namespace: workload.namespace,
      workload: workload.name,
    }),
    ...(principal !== undefined && { principal }),
  };
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

/** Where a waypoint and the called proxy both report, the called proxy counts. */
export function withoutDoubles<T extends Row>(rows: readonly T[]): T[] {
  const called = rows.filter(
    ({ labels }) => labels[istioLabels.reporter] === 'destination',
  );
  return called.length > 0 ? called : [...rows];
}
