import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from './Field';
import { MESH } from './reachability';
import type { Callers } from './resolveDestination';
import { gatewayNames } from './virtualServiceMatches';
import { audienceOf, exportToOf } from './visibility';

/** Whom an object's rules are for. A route of the Gateway API says nothing about that: it is for all. */
export function routeCallers(
  snapshot: MeshSnapshot,
  { kind, metadata: { namespace = '' }, spec }: ConfigObject,
): Callers {
  if (kind !== 'VirtualService') {
    return 'everyone';
  }
  // Whoever reads the rest of the object reports what is unreadable.
  const fields = new Field(spec, 'spec', () => undefined);
  const gateways = gatewayNames(fields.at('gateways').texts(), namespace);
  return gateways.includes(MESH)
    ? audienceOf(
        exportToOf(snapshot, kind, namespace, fields.at('exportTo').texts()),
        namespace,
      )
    : 'gateways';
}
