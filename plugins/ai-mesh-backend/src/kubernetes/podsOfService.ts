import type { PodObject, ServiceObject } from './kinds';
import { withLabels } from './labels';
import type { MeshSnapshot } from './MeshSnapshot';

/** The pods that a Service's selector matches, ready or not. A Service without a selector has none. */
export function podsOfService(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): readonly PodObject[] {
  const { namespace = '' } = service.metadata;
  return withLabels(
    snapshot.inNamespace('Pod', namespace),
    service.spec?.selector ?? {},
  );
}
