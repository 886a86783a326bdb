import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { KindRow, qualifiedResource } from './kindTable';
import type { KubernetesError } from './KubernetesApi';
import { wordingWith } from '../worded';

/**
 * What a platform engineer has to do about a kind that could not be read. When the whole cluster is away it says the
 * same for every kind, so that a page can say it once.
 */
export function explainFailure(
  cluster: string,
  row: KindRow,
  { failure, words, status }: KubernetesError,
): Words[] {
  const resource = qualifiedResource(row);
  const places = { cluster, resource, reason: words };
  if (failure === 'forbidden') {
    return [
      wording('kube.mayNotList', { cluster, resource }),
      wordingWith(row.inRootNamespace ? 'kube.rootRole' : 'kube.clusterRole', {
        name: row.resource,
        group: row.group,
        reason: words,
      }),
    ];
  }
  if (failure === 'unauthorized') {
    return [wordingWith('kube.unauthorized', places)];
  }
  if (failure === 'too-large') {
    return [wordingWith('kube.tooLarge', places)];
  }
  return status === undefined
    ? [wordingWith('kube.noAnswer', places)]
    : [wordingWith('kube.fails', places)];
}

/** Of a refusal that may be in passing: an API server that starts refuses much for a second or two. */
export function explainPassing(refusal: readonly Words[]): Words[] {
  return [...refusal, wording('kube.passing')];
}
