import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import {
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { worded } from '../worded';

/** Nothing that separates the parts of a reference, quotes, and no character that cannot be seen. */
const PART = /^[^\s:/"'`{}<>\\\p{C}]{1,253}$/u;

/**
 * Reads which entity a path is about. Catalogs may be configured to take other names than Backstage's own rules do, so
 * only what no reference can hold is refused here; the catalog knows the rest.
 *
 * @throws InputError that names the part
 */
export function parseEntityPath(params: Record<string, string>): {
  ref: CompoundEntityRef;
  entityRef: string;
} {
  const part = (key: 'kind' | 'namespace' | 'name') => {
    const value = params[key] ?? '';
    if (!PART.test(value)) {
      throw worded(InputError, wording('request.path', { part: key }));
    }
    return value;
  };
  const ref = {
    kind: part('kind'),
    namespace: part('namespace'),
    name: part('name'),
  };
  return { ref, entityRef: stringifyEntityRef(ref) };
}
