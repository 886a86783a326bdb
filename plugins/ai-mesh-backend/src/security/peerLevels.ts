import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { byAge } from '../routes/objectRef';
import type { MeshWorkload } from './MeshWorkload';
import { peerPolicy, type PeerPolicy } from './PeerPolicy';

/** The PeerAuthentications that Istio looks at for one workload, by level; of each level the first one counts. */
export interface PeerLevels {
  readonly workload: readonly PeerPolicy[];
  readonly namespace: readonly PeerPolicy[];
  readonly mesh: readonly PeerPolicy[];
  /** They select the workload, but from the root namespace, where Istio does not look for such. */
  readonly ignored: readonly PeerPolicy[];
}

export function peerLevels(
  snapshot: MeshSnapshot,
  workload: Pick<MeshWorkload, 'name' | 'labels'>,
): PeerLevels {
  const { namespace } = workload.name;
  const { rootNamespace } = snapshot;
  const inRoot = policiesOf(snapshot, rootNamespace);
  const inNamespace =
    namespace === rootNamespace ? [] : policiesOf(snapshot, namespace);
  const selects = (policy: PeerPolicy) =>
    !isWide(policy) && hasLabels(workload.labels, policy.selector);
  return {
    workload: inNamespace.filter(selects),
    namespace: inNamespace.filter(isWide),
    mesh: inRoot.filter(isWide),
    ignored: inRoot.filter(selects),
  };
}

/** Without a selector, or with an empty one, a policy is for its whole namespace or the whole mesh. */
export function isWide({ selector }: PeerPolicy): boolean {
  return Object.keys(selector).length === 0;
}

/** Oldest first: where two policies compete, Istio takes the older. */
function policiesOf(snapshot: MeshSnapshot, namespace: string): PeerPolicy[] {
  return [...snapshot.inNamespace('PeerAuthentication', namespace)]
    .sort(byAge)
    .map(peerPolicy);
}
