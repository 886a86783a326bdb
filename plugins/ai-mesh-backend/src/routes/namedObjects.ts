import type { ObjectRef, ServiceRoutes } from '@ai-mesh/plugin-ai-mesh-common';
import { kindTable } from '../kubernetes/kindTable';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';

/**
 * The objects that an answer names, as the cluster has them, each once. Objects that it only proposes are not there yet
 * and are left out.
 */
export function namedObjects(
  snapshot: MeshSnapshot,
  answer: unknown,
): ServiceRoutes['objects'] {
  const found = new Map<string, ServiceRoutes['objects'][number]>();
  for (const ref of refsIn(answer)) {
    const key = [ref.kind, ref.namespace, ref.name].join('/');
    const row = kindTable.find(({ kind }) => kind === ref.kind);
    const object = row && snapshot.get(row.kind, ref.namespace ?? '', ref.name);
    if (object && !found.has(key)) {
      found.set(key, { ref, manifest: { ...object } });
    }
  }
  return [...found.values()];
}

function refsIn(value: unknown): ObjectRef[] {
  if (Array.isArray(value)) {
    return value.flatMap(refsIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return isRef(value) ? [value] : Object.values(value).flatMap(refsIn);
}

/** Nothing else in an answer has an API version. */
function isRef(value: object): value is ObjectRef {
  return 'apiVersion' in value && 'kind' in value && 'name' in value;
}
