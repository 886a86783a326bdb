import type { ConfigObject } from '../../kubernetes/kinds';
import { Field } from '../../routes/Field';
import { audienceOf, type Audience } from '../../routes/visibility';
import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { objectOf, placeOf } from '../subjectRules';

/** AIM303: more than one VirtualService for a host of the mesh. */
export const competingRoutes: Analyzer = {
  codes: ['AIM303'],
  needs: ROUTE_KINDS,
  *analyze({ routes }) {
    for (const { kind, objects } of routes.notes) {
      if (kind !== 'several-virtual-services') {
        continue;
      }
      const rivals = [
        ...new Set(objects.flatMap(ref => objectOf(routes.objects, ref) ?? [])),
      ].filter(({ spec }) => Array.isArray(spec?.hosts));
      for (const [index, loser] of rivals.entries()) {
        // Each caller gets one: where nobody sees both, neither takes anything from the other.
        const winner = rivals
          .slice(0, index)
          .find(other => share(audience(other), audience(loser)));
        if (!winner) {
          continue;
        }
        yield {
          key: 'AIM303',
          object: loser,
          path: 'spec.hosts',
          params: {
            loser: placeOf(loser, ''),
            winner: placeOf(winner, ''),
            host: routes.host,
          },
          related: [winner],
        };
      }
    }
  },
};

function audience({ spec, metadata }: ConfigObject): Audience {
  const exportTo = new Field(spec, 'spec', () => undefined).at('exportTo');
  return audienceOf(exportTo.texts(), metadata.namespace ?? '');
}

function share(a: Audience, b: Audience): boolean {
  return (
    a === 'everyone' ||
    b === 'everyone' ||
    [...a].some(namespace => b.has(namespace))
  );
}
