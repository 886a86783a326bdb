/** Whose the Services of namespaces are, as the configuration says. */
export interface NamespaceOwner {
  /** Absent: on every cluster. */
  cluster?: string;
  /** A name, or a beginning with `*` at its end. */
  namespace: string;
  /** Entity references in lower case: of groups or users, or of the entities themselves. */
  owners: readonly string[];
}

/** What an entity's own annotation is worth, and what proves that a Service is its. */
export interface OwnershipSettings {
  /**
   * What may be read by an entity's annotation alone: every Service, those that nobody else provably owns, or none.
   */
  claims: 'any' | 'unowned' | 'none';
  /** The first that fits decides. */
  namespaces: readonly NamespaceOwner[];
  /** Whoever may write there is trusted: what an entity from there claims is its. A slash at the end: all below. */
  trustedLocations: readonly string[];
  /** More Services than this are nobody's single entity. */
  mostServices: number;
}
