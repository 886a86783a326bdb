import {
  known,
  type Endpoints,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from './endpointsOf';
import type { MeshSnapshot } from './MeshSnapshot';
import { unknownKind } from './unknownKind';

/** The endpoints of each of the Services that can have any. */
export function endpointsOfServices(
  snapshot: MeshSnapshot,
  services: readonly { namespace: string; name: string }[],
): Measured<Endpoints>[] {
  return services
    .filter(
      ({ namespace, name }) =>
        snapshot.get('Service', namespace, name)?.spec?.type !== 'ExternalName',
    )
    .map(
      ({ namespace, name }) =>
        unknownKind(snapshot, 'Service') ??
        endpointsOf(snapshot, namespace, name),
    );
}

/** Of all together; undefined where there are none, or not all are known. */
export function sumEndpoints(
  all: readonly Measured<Endpoints>[],
): Measured<Endpoints> | undefined {
  const counted = all.flatMap(endpoints =>
    endpoints.status === 'known' ? [endpoints.value] : [],
  );
  return all.length === 0 || counted.length < all.length
    ? undefined
    : known({
        ready: counted.reduce((sum, { ready }) => sum + ready, 0),
        total: counted.reduce((sum, { total }) => sum + total, 0),
      });
}
