import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { pointer, stepsOf } from '../../manifest';
import type { CandidateRule } from '../../routes/RouteSource';
import { routeTables } from '../../routes/routeTables';
import { ROUTE_KINDS, type Analyzer, type Param } from '../Analyzer';
import { overlaps } from '../overlaps';
import { objectOf, placeOf } from '../subjectRules';

/** AIM302: rules that are never asked, and matches that never take anything new. */
export const deadRules: Analyzer = {
  codes: ['AIM302'],
  needs: ROUTE_KINDS,
  *analyze({ snapshot, service, routes }) {
    for (const table of routeTables(snapshot, service)) {
      for (const { kind, rule, path, catcher } of overlaps(table.rules)) {
        const object =
          objectOf(table.objects, rule.object) ??
          objectOf(routes.objects, rule.object);
        if (object) {
          yield {
            key: `AIM302.${kind}` as const,
            object,
            path,
            params: {
              place: placeOf(object, path, rule.name),
              catcher: whoIs(catcher, rule),
            },
            // It is never asked: nothing changes when it is gone.
            fix: {
              object,
              operations: [{ op: 'remove', path: pointer(stepsOf(path)) }],
            },
          };
        }
      }
    }
  },
};

function whoIs(catcher: CandidateRule, rule: CandidateRule): Param {
  const { object, path, name } = catcher;
  if (
    object.name === rule.object.name &&
    object.namespace === rule.object.namespace
  ) {
    return name ? wording('place.rule', { path, rule: name }) : path;
  }
  const whole = `${object.kind} ${object.namespace}/${object.name}`;
  return name
    ? wording('place.named', { path, rule: name, object: whole })
    : wording('place.in', { path, object: whole });
}
