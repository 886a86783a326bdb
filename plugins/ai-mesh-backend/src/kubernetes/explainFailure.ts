import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
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
): Words[] {
  const resource = qualifiedResource(row);
  const params = { cluster, resource, text: message };
  if (failure === 'forbidden') {
    return [
      wording('kube.mayNotList', params),
      wording(row.inRootNamespace ? 'kube.rootRole' : 'kube.clusterRole', {
        name: row.resource,
        group: row.group,
        text: message,
      }),
    ];
  }
  if (failure === 'unauthorized') {
    return [wording('kube.unauthorized', params)];
  }
  if (failure === 'too-large') {
    return [wording('kube.tooLarge', params)];
  }
  return status === undefined
    ? [wording('kube.noAnswer', params)]
    : [wording('kube.fails', params)];
}

/** Of a refusal that may be in passing: an API server that starts refuses much for a second or two. */
export function explainPassing(refusal: readonly Words[]): Words[] {
  return [...refusal, wording('kube.passing')];
}
