import { hasLabels } from '../../kubernetes/labels';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
import { Field } from '../../routes/Field';
import type { MeshWorkload } from '../MeshWorkload';
import type { Attribute } from './CallRequest';

/**
 * The token's principal of requests to a workload, as its sidecar or its waypoint tells: null where no RequestAuthentication looks at tokens, since then no
 * request ever has one; else it depends on the request, which is not known here.
 */
export function requestPrincipalOf(
  snapshot: MeshSnapshot,
  workload: Pick<MeshWorkload, 'name' | 'labels'>,
  proxy: 'sidecar' | { readonly waypointIn: string },
): Attribute {
  const missing = unknownKind(snapshot, 'RequestAuthentication');
  if (missing?.status === 'unknown' && missing.reason !== 'not-configured') {
    return undefined;
  }
  const atWaypoint = proxy !== 'sidecar';
  const places = new Set([
    snapshot.rootNamespace,
    workload.name.namespace,
    ...(atWaypoint ? [proxy.waypointIn] : []),
  ]);
  const looked = [...places]
    .flatMap(place => snapshot.inNamespace('RequestAuthentication', place))
    .some(object => {
      let readable = true;
      const spec = new Field(object.spec, 'spec', () => {
        readable = false;
      });
      const targeted =
        spec.at('targetRefs').list().length > 0 || spec.at('targetRef').present;
      const selector = spec.at('selector').at('matchLabels').textMap();
      // A waypoint takes those that point at it or at a Service; which of them it is does not matter for "none".
      return (
        !readable ||
        (atWaypoint
          ? targeted
          : !targeted && hasLabels(workload.labels, selector))
      );
    });
  return looked ? undefined : null;
}
