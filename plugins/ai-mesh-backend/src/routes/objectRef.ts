import type { ObjectRef } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';

export function objectRef(
  snapshot: MeshSnapshot,
  object: ConfigObject,
): ObjectRef {
  const { namespace, name } = object.metadata;
  return {
    cluster: snapshot.cluster,
    apiVersion: object.apiVersion,
    kind: object.kind,
    ...(namespace !== undefined && { namespace }),
    name,
  };
}

/** `VirtualService ai/chat`, for a sentence. */
export function objectName(object: ConfigObject): string {
  return `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** Oldest first, then by namespace and name: the order in which Istio takes its configuration. */
export function byAge(a: ConfigObject, b: ConfigObject): number {
  return (
    (a.metadata.creationTimestamp ?? '').localeCompare(
      b.metadata.creationTimestamp ?? '',
    ) ||
    (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '') ||
    (a.metadata.namespace ?? '').localeCompare(b.metadata.namespace ?? '')
  );
}
