import { KindRow, qualifiedResource } from './kindTable';
import type { KubernetesError } from './KubernetesApi';

/**
 * What a platform engineer has to do about a kind that could not be read. When the whole cluster is away it says the
 * same for every kind, so that a page can say it once.
 */
export function explainFailure(
  cluster: string,
  row: KindRow,
  { failure, message, status }: KubernetesError,
): string {
  const resource = qualifiedResource(row);
  if (failure === 'forbidden') {
    return (
      `The portal may not list ${resource} on the cluster '${cluster}'. Give its account a ${row.inRootNamespace ? "Role in Istio's root namespace" : 'ClusterRole'} with the verbs ` +
      `get, list and watch on the resource '${row.resource}' of the API group '${row.group}' (${message}).`
    );
  }
  if (failure === 'unauthorized') {
    return (
      `The cluster '${cluster}' does not let the portal in: ${message}. ` +
      `Check kubernetes of this cluster under aiMesh.clusters.`
    );
  }
  if (failure === 'too-large') {
    return `The ${resource} of the cluster '${cluster}' are not read: ${message}.`;
  }
  return status === undefined
    ? `The cluster '${cluster}' does not answer: ${message}. Check kubernetes of this cluster under aiMesh.clusters, and the network to it.`
    : `The cluster '${cluster}' fails to list ${resource}: ${message}.`;
}

/** Of a refusal that may be in passing: an API server that starts refuses much for a second or two. */
export function explainPassing(refusal: string): string {
  return `${refusal} What was seen last is shown while it is asked again: a cluster that has just started answers so for a moment.`;
}
