/** One kind of object that the sandbox serves. */
export interface ResourceKind {
  /** `''` is the core group. */
  group: string;
  kind: string;
  /** The name in URLs: `virtualservices`. */
  plural: string;
  singular: string;
  shortNames: readonly string[];
  /** Served versions, newest and preferred first; the first is the one objects are stored in. */
  versions: readonly string[];
  namespaced: boolean;
  categories: readonly string[];
  /** `status` is written through `/status` only, and writes to the object leave it alone. */
  statusSubresource: boolean;
  /** `spec.replicas` can be read and written through `/scale`. */
  scaleSubresource: boolean;
  /** The kind counts `metadata.generation`. */
  generation: boolean;
  /** Served from a CustomResourceDefinition: no strategic merge patch. */
  custom: boolean;
}
