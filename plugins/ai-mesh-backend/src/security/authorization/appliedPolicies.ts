import type { AppliedPolicy } from '@ai-mesh/plugin-ai-mesh-common';
import { hasLabels } from '../../kubernetes/labels';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { byAge } from '../../routes/objectRef';
import type { MeshWorkload } from '../MeshWorkload';
import { accessPolicy, type AccessPolicy } from './AccessPolicy';

export interface PolicyInForce {
  readonly policy: AccessPolicy;
  readonly scope: AppliedPolicy['scope'];
}

/** Names what a policy's `targetRefs` may point at. */
export interface PolicyTarget {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * The policies that the proxy before a workload enforces. Those of the root namespace are for every namespace; those
 * with `targetRefs` are for gateways and waypoints, and a sidecar leaves them out.
 */
export function appliedPolicies(
  snapshot: MeshSnapshot,
  workload: Pick<MeshWorkload, 'name' | 'labels'>,
): PolicyInForce[] {
  return inReach(snapshot, workload.name.namespace).flatMap(
    ({ policy, wide }) => {
      if (policy.targeted || !hasLabels(workload.labels, policy.selector)) {
        return [];
      }
      const selective = Object.keys(policy.selector).length > 0;
      return [{ policy, scope: selective ? ('workload' as const) : wide }];
    },
  );
}

/** The policies that a waypoint enforces for a Service: those that point at the Service, at the waypoint or at all waypoints. */
export function targetedPolicies(
  snapshot: MeshSnapshot,
  namespace: string,
  targets: readonly PolicyTarget[],
): PolicyInForce[] {
  return inReach(snapshot, namespace)
    .filter(({ policy }) =>
      policy.targets.some(({ group, kind, name }) =>
        targets.some(
          target =>
            target.kind === kind &&
            target.name === name &&
            (target.group === group ||
              (target.group === '' && group === 'core')),
        ),
      ),
    )
    .map(({ policy }) => ({ policy, scope: 'target' as const }));
}

function inReach(
  snapshot: MeshSnapshot,
  namespace: string,
): { policy: AccessPolicy; wide: 'mesh' | 'namespace' }[] {
  const read = (place: string, wide: 'mesh' | 'namespace') =>
    [...snapshot.inNamespace('AuthorizationPolicy', place)]
      .sort(byAge)
      .map(object => ({ policy: accessPolicy(object), wide }));
  return [
    ...read(snapshot.rootNamespace, 'mesh'),
    ...(namespace === snapshot.rootNamespace
      ? []
      : read(namespace, 'namespace')),
  ];
}
