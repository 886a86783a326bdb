import {
  allSaid,
  said,
  wording,
  type Source,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotSource } from '../kubernetes/snapshotSource';
import type { ClusterTarget, Target } from './Target';

/**
 * How the clusters that were searched for a target did: one row of an answer's sources each. What is there of the target
 * and is not looked at, since it is too much, is told with its numbers.
 */
export function searchedSources({
  searched,
  clusters,
}: Pick<Target, 'searched' | 'clusters'>): Source[] {
  return searched.map(({ cluster, snapshot }) => {
    const source = snapshotSource(snapshot);
    const leftOut = clusters
      .filter(one => one.cluster.name === cluster.name)
      .flatMap(whatIsLeftOut);
    return leftOut.length === 0
      ? source
      : {
          ...source,
          status: source.status === 'ok' ? 'partial' : source.status,
          ...allSaid(source, ...leftOut.map(words => said(words))),
        };
  });
}

function whatIsLeftOut({
  cluster,
  snapshot,
  services,
  parts = [],
  moreParts = 0,
}: ClusterTarget): Words[] {
  const ofPorts = services.flatMap(({ namespace, name }) => {
    const { ports = [], morePorts = 0 } =
      snapshot.get('Service', namespace, name)?.spec ?? {};
    return morePorts > 0
      ? wording('kube.morePorts', {
          service: `${namespace}/${name}`,
          all: ports.length + morePorts,
          most: ports.length,
        })
      : [];
  });
  return moreParts > 0
    ? [
        ...ofPorts,
        wording('kube.moreParts', {
          cluster: cluster.name,
          all: parts.length + moreParts,
          most: parts.length,
        }),
      ]
    : ofPorts;
}
