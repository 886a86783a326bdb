import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import type { OwnThings } from './HiddenNeighbours';

/** What words about an entity's Service are about, and may name. */
export function aboutService({
  entityRef,
  service: { cluster, namespace, name },
}: {
  entityRef: string;
  service: ServiceRef;
}): OwnThings & { entityRef: string } {
  return {
    entityRef,
    clusters: [
      {
        cluster: { name: cluster },
        services: [{ namespace, name }],
        workloads: [],
      },
    ],
  };
}
