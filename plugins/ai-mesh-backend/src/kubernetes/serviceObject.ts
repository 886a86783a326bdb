import type { ServiceObject } from './kinds';
import type { MeshSnapshot } from './MeshSnapshot';

/** A Service, or no more than its name where Services cannot be read: metrics know it all the same. */
export function serviceObject(
  snapshot: MeshSnapshot,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): ServiceObject {
  return (
    snapshot.get('Service', namespace, name) ?? {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name },
    }
  );
}
