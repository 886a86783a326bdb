/** The part of `metadata` that the sandbox reads or writes; other fields are kept as they came. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  generateName?: string;
  uid?: string;
  /** Set by the store; in a write it asks for optimistic concurrency. */
  resourceVersion?: string;
  /** Rises when the desired state changes; only on kinds that have one. */
  generation?: number;
  /** RFC 3339, seconds. */
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: Record<string, unknown>;
  subresource?: string;
}

/**
 * Any Kubernetes object as plain JSON. Narrow it where it is read:
 *
 * ```ts
 * interface Deployment extends KubeObject { spec: { replicas?: number } }
 * store.list<Deployment>('apps', 'Deployment');
 * ```
 */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: unknown;
  status?: unknown;
}

/** The group of an `apiVersion`: `networking.istio.io` of `networking.istio.io/v1`, and `''` of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** `networking.istio.io/v1` of a group and a version, and `v1` for the core group. */
export function apiVersionOf(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}
