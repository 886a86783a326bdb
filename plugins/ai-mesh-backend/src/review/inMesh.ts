import type { PodObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';

const INJECT = 'sidecar.istio.io/inject';
const REDIRECTION = 'ambient.istio.io/redirection';

/**
 * Whether a pod is in the mesh or asked to be: by its proxy, else its own word, else its namespace's.
 *
 * @see Istio's pkg/config/analysis/analyzers/util/in_mesh.go
 */
export function inMesh(snapshot: MeshSnapshot, pod: PodObject): boolean {
  const { labels, annotations, namespace = '' } = pod.metadata;
  if (hasSidecar(pod) || annotations?.[REDIRECTION] === 'enabled') {
    return true;
  }
  const own = labels?.[INJECT] ?? annotations?.[INJECT];
  return own === undefined
    ? snapshot.get('Namespace', '', namespace)?.metadata.labels?.[
        'istio-injection'
      ] === 'enabled'
    : own === 'true';
}

export function hasSidecar({ spec }: PodObject): boolean {
  return spec?.containers?.includes('istio-proxy') ?? false;
}

export function inAmbient({ metadata }: PodObject): boolean {
  return metadata.annotations?.[REDIRECTION] === 'enabled';
}
