import {
  notOfPods,
  podMatchers,
  sentTo,
  type NamespacedName,
  type PodLabels,
} from '../../telemetry';
import type { Matcher } from '../../prometheus/promql';
import type { WorkloadRef } from '../../target/Target';
import type { VersionName } from './versionNames';

/** Whose series on one cluster belong to an entity. */
export interface EntitySeries {
  /** What Istio's metrics call the cluster. */
  istioCluster: string;
  services: readonly NamespacedName[];
  workloads: readonly (WorkloadRef & { version?: string })[];
  podLabels: PodLabels;
  /** Others whose pods' names begin alike, and whose series are not the entity's. */
  namesakes?: readonly WorkloadRef[];
  /** Conditions that keep out what workloads only pass on: it was reported by who called. */
  notRelayed?: readonly Matcher[];
  /** What Istio's series name otherwise than everybody else. */
  versionNames?: readonly VersionName[];
}

/** Conditions on series that the entity's pods expose; undefined where no workload is known. */
export function ofPods({
  workloads,
  podLabels,
  namesakes = [],
}: EntitySeries): Matcher[] | undefined {
  const pods = podMatchers(workloads, podLabels);
  return pods && [...pods, ...notOfPods(namesakes, podLabels)];
}

/** Conditions on Istio's series of requests to the entity's services; undefined without services. */
export function ofServices({
  services,
  notRelayed = [],
}: EntitySeries): Matcher[] | undefined {
  return services.length === 0
    ? undefined
    : [...sentTo(services), ...notRelayed];
}
