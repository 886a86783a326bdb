import type { ObjectRef } from '@ai-mesh/plugin-ai-mesh-common';

/** Whether two references name one object; the version by which it was read does not matter. */
export function sameObject(a: ObjectRef, b: ObjectRef): boolean {
  return (
    a.cluster === b.cluster &&
    a.kind === b.kind &&
    a.namespace === b.namespace &&
    a.name === b.name &&
    groupOf(a) === groupOf(b)
  );
}

function groupOf({ apiVersion }: ObjectRef): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
