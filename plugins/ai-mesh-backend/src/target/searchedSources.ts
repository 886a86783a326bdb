import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
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
          message: [source.message, ...leftOut].filter(Boolean).join(' '),
        };
  });
}

function whatIsLeftOut({
  cluster,
  snapshot,
  services,
  parts = [],
  moreParts = 0,
}: ClusterTarget): string[] {
  const ofPorts = services.flatMap(({ namespace, name }) => {
    const { ports = [], morePorts = 0 } =
      snapshot.get('Service', namespace, name)?.spec ?? {};
    return morePorts > 0
      ? `Service ${namespace}/${name} has ${ports.length + morePorts} ports, of which the first ${ports.length} are looked at.`
      : [];
  });
  return moreParts > 0
    ? [
        ...ofPorts,
        `On the cluster '${cluster.name}' routes divide the requests of the entity's Services among ${parts.length + moreParts} others, of which ${parts.length} are looked at (aiMesh.ownership.mostServices).`,
      ]
    : ofPorts;
}
