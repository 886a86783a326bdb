import {
  istioLabels,
  podMatchers,
  type NamespacedName,
  type PodLabels,
} from '../../telemetry';
import { eq, oneOf, type Matcher } from '../../prometheus/promql';
import type { WorkloadRef } from '../../target/Target';

/** Whose series on one cluster belong to an entity. */
export interface EntitySeries {
  services: readonly NamespacedName[];
  workloads: readonly (WorkloadRef & { version?: string })[];
  podLabels: PodLabels;
}

/** Conditions on series that the entity's pods expose; undefined where no workload is known. */
export function ofPods({
  workloads,
  podLabels,
}: EntitySeries): Matcher[] | undefined {
  return podMatchers(workloads, podLabels);
}

/** Conditions on Istio's series of requests to the entity's services; undefined without services. */
export function ofServices(
  { services }: EntitySeries,
  reporter?: string,
): Matcher[] | undefined {
  return services.length === 0
    ? undefined
    : [
        ...(reporter ? [eq(istioLabels.reporter, reporter)] : []),
        oneOf(
          istioLabels.destinationService,
          services.map(({ name }) => name),
        ),
        oneOf(
          istioLabels.destinationServiceNamespace,
          services.map(({ namespace }) => namespace),
        ),
      ];
}
