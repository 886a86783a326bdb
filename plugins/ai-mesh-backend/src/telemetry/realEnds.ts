import {
  istioLabels,
  named,
  namedPair,
  PASSTHROUGH_CLUSTERS,
} from './istioLabels';
import type { NamespacedName } from './TrafficScope';

interface Row {
  readonly labels: Readonly<Record<string, string>>;
}

/** What the cluster's objects say of the workloads that calls pass. */
export interface Ends {
  /** Whether it only passes calls on: a waypoint, a ztunnel, a gateway between clusters. */
  isRelay(workload: NamespacedName): boolean;
  /** The Service that a workload answers for. */
  serviceOf(workload: NamespacedName): NamespacedName | undefined;
}

const nobody = {
  [istioLabels.destinationWorkload]: 'unknown',
  [istioLabels.destinationWorkloadNamespace]: 'unknown',
  [istioLabels.destinationVersion]: 'unknown',
};

/**
 * Rows as calls between their real ends.
 *
 * - What a relay sends is the second half of a call that its caller was reported for: left out.
 * - A relay that a call was sent to is not who answered: not named.
 * - A call by address, around the Service (`PassthroughCluster`), whose answering workload is known, is one to the Service
 *   that this answers for: both proxies report it, and not under the same name.
 */
export function realEnds<T extends Row>(
  rows: readonly T[],
  { isRelay, serviceOf }: Ends,
): T[] {
  return rows.flatMap(row => {
    const { labels } = row;
    const source = namedPair(
      labels,
      istioLabels.sourceNamespace,
      istioLabels.sourceWorkload,
    );
    if (source && isRelay(source)) {
      return [];
    }
    const answered = namedPair(
      labels,
      istioLabels.destinationWorkloadNamespace,
      istioLabels.destinationWorkload,
    );
    if (answered && isRelay(answered)) {
      return [{ ...row, labels: { ...labels, ...nobody } }];
    }
    const service = answered && isPassedThrough(row) && serviceOf(answered);
    return [
      service
        ? {
            ...row,
            labels: {
              ...labels,
              [istioLabels.destinationService]: service.name,
              [istioLabels.destinationServiceNamespace]: service.namespace,
              [istioLabels.destinationHost]: '',
            },
          }
        : row,
    ];
  });
}

/** Whether a call went around every Service. */
export function isPassedThrough({ labels }: Row): boolean {
  return PASSTHROUGH_CLUSTERS.has(
    named(labels, istioLabels.destinationService) ?? '',
  );
}
