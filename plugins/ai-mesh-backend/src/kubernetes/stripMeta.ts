import type { KubernetesObject, ObjectMeta } from './kinds';

/** An object as the API server gave it: what it holds is the cluster's say. */
export interface RawObject {
  apiVersion?: string;
  kind?: string;
  metadata: Record<string, unknown> & ObjectMeta;
  [field: string]: unknown;
}

/** A raw object under the name and version that discovery gave its kind. */
export type Named = RawObject & { apiVersion: string; kind: string };

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** An object's identity and metadata, with what is in use of them. */
export function stripMeta({
  apiVersion,
  kind,
  metadata,
}: Named): KubernetesObject {
  const { name, namespace, uid, resourceVersion, generation } = metadata;
  const { creationTimestamp, labels, ownerReferences } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion,
      generation,
      creationTimestamp,
      labels,
      annotations: withoutLastApplied(metadata.annotations),
      ownerReferences: ownerReferences?.map(owner => ({
        apiVersion: owner.apiVersion,
        kind: owner.kind,
        name: owner.name,
        controller: owner.controller,
      })),
    },
  };
}

/** What `kubectl apply` keeps in an annotation is the object once more. */
export function withoutLastApplied(
  annotations: Record<string, string> | undefined,
): Record<string, string> | undefined {
  if (!annotations || !Object.hasOwn(annotations, LAST_APPLIED)) {
    return annotations;
  }
  const { [LAST_APPLIED]: _, ...rest } = annotations;
  return rest;
}
