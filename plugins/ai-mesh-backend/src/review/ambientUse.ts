import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { ReviewSubject } from './ReviewSubject';

type Labels = Readonly<Record<string, string>> | undefined;

const MODE = 'istio.io/dataplane-mode';
const WAYPOINT = 'istio.io/use-waypoint';
const WAYPOINT_NAMESPACE = 'istio.io/use-waypoint-namespace';
const NONE = 'none';

export function namespaceLabels(
  snapshot: MeshSnapshot,
  namespace: string,
): Labels {
  return snapshot.get('Namespace', '', namespace)?.metadata.labels;
}

/** Whether the namespace is to be in ambient. */
export function isAmbient(namespace: Labels): boolean {
  return namespace?.[MODE] === 'ambient';
}

/** Whether a workload is to be in ambient: its own word counts before its namespace's. */
export function asksForAmbient(own: Labels, namespace: Labels): boolean {
  return (
    own?.[MODE] === 'ambient' || (isAmbient(namespace) && own?.[MODE] !== NONE)
  );
}

/** Whether a workload is to have a sidecar, as Kiali reads the labels. */
export function asksForSidecar(own: Labels, namespace: Labels): boolean {
  const inject = own?.['sidecar.istio.io/inject'];
  const injection = namespace?.['istio-injection'];
  return (
    (injection === 'enabled' ||
      Boolean(namespace?.['istio.io/rev']) ||
      inject === 'true' ||
      inject === 'enabled') &&
    injection !== 'disabled' &&
    inject !== 'false'
  );
}

/** The waypoint that something is to use; undefined: none. */
export function waypointOf(own: Labels, namespace: Labels): string | undefined {
  const name = own?.[WAYPOINT] ?? namespace?.[WAYPOINT];
  return name && name !== NONE ? name : undefined;
}

/** Whether the waypoint of the service, or of a workload of it, is there. */
export function waypointExists(
  { snapshot, service }: ReviewSubject,
  own: Labels,
): boolean {
  const labels = namespaceLabels(snapshot, service.namespace);
  const name = waypointOf(own, labels);
  const home =
    own?.[WAYPOINT_NAMESPACE] ??
    labels?.[WAYPOINT_NAMESPACE] ??
    service.namespace;
  return (
    name !== undefined &&
    snapshot.get('KubernetesGateway', home, name) !== undefined
  );
}
