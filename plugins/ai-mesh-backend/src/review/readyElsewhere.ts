import { endpointsOf } from '../kubernetes/endpointsOf';
import type { ReviewSubject } from './ReviewSubject';

/**
 * Whether another of the entity's clusters has ready endpoints for the service, or for a subset of it: Istio adds up the
 * endpoints of all clusters of a mesh.
 *
 * @param labels - the subset's
 */
export function readyElsewhere(
  { elsewhere, object }: ReviewSubject,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  const { namespace = '', name } = object.metadata;
  return elsewhere.some(({ snapshot }) => {
    const endpoints = endpointsOf(snapshot, namespace, name, labels);
    return endpoints.status === 'known' && endpoints.value.ready > 0;
  });
}
