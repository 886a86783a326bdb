import type { ServiceObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { ServiceName } from '../routes/RouteSource';

/** A Service, or no more than its name where Services cannot be read: metrics know it all the same. */
export function serviceObject(
  snapshot: MeshSnapshot,
  { namespace, name }: ServiceName,
): ServiceObject {
  return (
    snapshot.get('Service', namespace, name) ?? {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name },
    }
  );
}
