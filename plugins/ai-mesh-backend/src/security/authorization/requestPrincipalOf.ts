import { hasLabels } from '../../kubernetes/labels';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
import { Field } from '../../routes/Field';
import type { MeshWorkload } from '../MeshWorkload';
import type { Attribute } from './CallRequest';

/**
 * The token's principal of requests to a workload: null where no RequestAuthentication looks at tokens, since then no
 * request ever has one; else it depends on the request, which is not known here.
 */
export function requestPrincipalOf(
  snapshot: MeshSnapshot,
  workload: Pick<MeshWorkload, 'name' | 'labels'>,
): Attribute {
  const missing = unknownKind(snapshot, 'RequestAuthentication');
  if (missing?.status === 'unknown' && missing.reason !== 'not-configured') {
    return undefined;
  }
  const places = new Set([snapshot.rootNamespace, workload.name.namespace]);
  const looked = [...places]
    .flatMap(place => snapshot.inNamespace('RequestAuthentication', place))
    .some(object => {
      let readable = true;
      const selector = new Field(object.spec, 'spec', () => {
        readable = false;
      })
        .at('selector')
        .at('matchLabels')
        .textMap();
      return !readable || hasLabels(workload.labels, selector);
    });
  return looked ? undefined : null;
}
