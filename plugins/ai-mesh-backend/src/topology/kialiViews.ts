import type {
  KialiView,
  ObjectRef,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiServiceHealth, KialiValidation } from '../kiali/KialiClient';
import { groupBy } from '../kubernetes/groupBy';
import type { PeerRoutes } from './routesOfPeers';

/**
 * What Kiali says of each node, by its id: the service's health, and its checks of the objects that route the service.
 * A service that Kiali says nothing of is unknown to it.
 */
export function kialiViews(
  nodes: readonly TopologyNode[],
  routes: ReadonlyMap<string, PeerRoutes>,
  answer: {
    health: readonly KialiServiceHealth[];
    validations: readonly KialiValidation[];
  },
): Map<string, KialiView> {
  const health = groupBy(answer.health, healthKeys);
  const validations = groupBy(answer.validations, validationKeys);
  return new Map(
    nodes
      .filter(({ kind }) => kind === 'service')
      .map(({ id, cluster, namespace = '', name }) => [
        id,
        {
          health:
            health.get(JSON.stringify([namespace, name]))?.[0].status ??
            'unknown',
          validations: (routes.get(id)?.objects ?? []).flatMap(
            ({ apiVersion, kind, metadata }) => {
              const object: ObjectRef = {
                cluster,
                apiVersion,
                kind,
                ...(metadata.namespace !== undefined && {
                  namespace: metadata.namespace,
                }),
                name: metadata.name,
              };
              return (
                validations.get(
                  JSON.stringify([
                    kind,
                    metadata.namespace ?? '',
                    metadata.name,
                  ]),
                ) ?? []
              ).flatMap(({ checks }) =>
                checks.map(check => ({ object, ...check })),
              );
            },
          ),
        },
      ]),
  );
}

function healthKeys({ namespace, service }: KialiServiceHealth): string[] {
  return [JSON.stringify([namespace, service])];
}

/** Kiali may name another version of the API than the one read here: the kind is what counts. */
function validationKeys({ gvk, namespace, name }: KialiValidation): string[] {
  const kind = /Kind=(\w+)$/.exec(gvk)?.[1];
  return kind ? [JSON.stringify([kind, namespace, name])] : [];
}
