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

/**
 * The policies that the proxy before a workload enforces. Those of the root namespace are for every namespace; those
 * with `targetRefs` are for gateways and waypoints, and a sidecar and ztunnel leave them out.
 */
export function appliedPolicies(
  snapshot: MeshSnapshot,
  workload: Pick<MeshWorkload, 'name' | 'labels'>,
): PolicyInForce[] {
  const { namespace } = workload.name;
  return policiesIn(snapshot, [snapshot.rootNamespace, namespace]).flatMap(
    (policy): PolicyInForce[] => {
      if (policy.targeted || !hasLabels(workload.labels, policy.selector)) {
        return [];
      }
      if (Object.keys(policy.selector).length > 0) {
        return [{ policy, scope: 'workload' }];
      }
      return [
        {
          policy,
          scope:
            policy.object.metadata.namespace === snapshot.rootNamespace
              ? 'mesh'
              : 'namespace',
        },
      ];
    },
  );
}

/** The policies of namespaces, those of each by age. */
export function policiesIn(
  snapshot: MeshSnapshot,
  namespaces: readonly string[],
): AccessPolicy[] {
  return [...new Set(namespaces)].flatMap(namespace =>
    [...snapshot.inNamespace('AuthorizationPolicy', namespace)]
      .sort(byAge)
      .map(accessPolicy),
  );
}
