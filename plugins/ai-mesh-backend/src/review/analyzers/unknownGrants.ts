import type { Analyzer } from '../Analyzer';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

/** AIM313: a grant for routes of a namespace that does not exist. */
export const unknownGrants: Analyzer = {
  codes: ['AIM313'],
  needs: ['Namespace', 'ReferenceGrant'],
  ofObject: true,
  *analyze({ snapshot, service }) {
    for (const object of snapshot.inNamespace(
      'ReferenceGrant',
      service.namespace,
    )) {
      for (const from of specOf(object).at('from').list()) {
        const field = from.at('namespace');
        const namespace = field.text();
        if (namespace && !snapshot.get('Namespace', '', namespace)) {
          yield {
            key: 'AIM313',
            object,
            path: field.path,
            params: { place: placeOf(object, ''), namespace },
          };
        }
      }
    }
  },
};
