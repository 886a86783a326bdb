/** A Service that an entity may own. */
export interface OwnedService {
  cluster: string;
  namespace: string;
  name: string;
  labels: Readonly<Record<string, string>>;
}

/** Finds catalog entities by what they own in the mesh, as far as one reader may see them. */
export interface EntityIndex {
  /**
   * The entities' references, in the order of the services; undefined where no entity owns the service.
   *
   * @throws when the catalog does not answer
   */
  findMany(
    services: readonly OwnedService[],
  ): Promise<readonly (string | undefined)[]>;
}
