import type { TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import type { NamespaceObject, PodObject } from './kinds';

const DATAPLANE_MODE = 'istio.io/dataplane-mode';
const REDIRECTION = 'ambient.istio.io/redirection';

/** How pods take part in the mesh; without a running pod there is nothing to tell it from. */
export function proxyOf(
  pods: readonly PodObject[],
  namespace: NamespaceObject | undefined,
): TopologyNode['proxy'] {
  const found = new Set(
    pods
      .filter(({ status }) => !hasEnded(status?.phase))
      .map(pod => proxyOfPod(pod, namespace)),
  );
  if (found.size > 1) {
    return 'mixed';
  }
  return [...found][0] ?? 'unknown';
}

function hasEnded(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

function proxyOfPod(
  pod: PodObject,
  namespace: NamespaceObject | undefined,
): 'sidecar' | 'ambient' | 'none' {
  const { labels, annotations } = pod.metadata;
  if (pod.spec?.containers.includes('istio-proxy')) {
    return 'sidecar';
  }
  // Istio's CNI writes the annotation once it has redirected the pod; the label is what was asked for, the pod's before its namespace's.
  const mode =
    labels?.[DATAPLANE_MODE] ?? namespace?.metadata.labels?.[DATAPLANE_MODE];
  return annotations?.[REDIRECTION] === 'enabled' || mode === 'ambient'
    ? 'ambient'
    : 'none';
}
