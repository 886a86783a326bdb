import { isGatewayWorkload } from '../../kubernetes/gatewayWorkloads';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { findWorkload, workloadsIn, type MeshWorkload } from '../MeshWorkload';
import type { CallerWay } from './CallRequest';
import { accountOf, namespaceOf } from './matchValues';

/** A caller, as far as it is named. */
export interface NamedCaller {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: string;
  readonly principal?: string;
}

/** How a caller's requests leave it; undefined where the cluster's objects do not tell, as for callers of another cluster. */
export function callerWay(
  snapshot: MeshSnapshot,
  { cluster = snapshot.cluster, namespace, workload, principal }: NamedCaller,
): CallerWay | undefined {
  if (cluster !== snapshot.cluster) {
    return undefined;
  }
  if (namespace !== undefined && workload !== undefined) {
    const found = findWorkload(snapshot, namespace, workload);
    return found && wayOf(snapshot, found);
  }
  const home = principal === undefined ? undefined : namespaceOf(principal);
  if (principal === undefined || home === undefined) {
    return undefined;
  }
  const ways = new Set(
    workloadsIn(snapshot, home)
      .filter(
        ({ serviceAccount = 'default' }) =>
          serviceAccount === accountOf(principal),
      )
      .map(found => wayOf(snapshot, found)),
  );
  return ways.size === 1 ? [...ways][0] : undefined;
}

function wayOf(
  snapshot: MeshSnapshot,
  { name, proxy }: MeshWorkload,
): CallerWay | undefined {
  if (proxy !== 'ambient' && isGatewayWorkload(snapshot, name)) {
    return 'gateway';
  }
  return proxy === 'ambient' || proxy === 'sidecar' ? proxy : undefined;
}
