import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';

/** Finds catalog entities by what they own in the mesh, as far as one reader may see them. */
export interface EntityIndex {
  /**
   * The entities' references, in the order of the services; undefined where none is known to own the service.
   *
   * @throws when the catalog does not answer
   */
  findMany(
    services: readonly ServiceRef[],
  ): Promise<readonly (string | undefined)[]>;
}
