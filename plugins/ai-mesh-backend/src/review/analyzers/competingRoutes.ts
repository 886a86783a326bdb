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
      const [winner, ...losers] = rivals;
      for (const loser of losers) {
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
