import { setValue, stepsOf } from '../../manifest';
import type { Analyzer, Draft } from '../Analyzer';
import {
  breakerGroups,
  ejectsSomewhere,
  type BreakerGroup,
} from '../breakerGroups';
import { breakerPlaces, type BreakerPlace } from '../breakerPlace';
import { ejectable, maxEjectionPercent } from '../ejection';
import { EJECTABLE_PERCENT } from '../suggestions';

/** AIM203: ejection may take more than half of the endpoints, or one ejection switches it off. */
export const ejectionCapacity: Analyzer = {
  codes: ['AIM203'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    for (const entry of breakerPlaces(subject)) {
      if (entry.settings.outlierDetection) {
        yield* judge(entry, breakerGroups(subject, entry));
      }
    }
  },
};

function* judge(
  { settings, object, path, place }: BreakerPlace,
  groups: readonly BreakerGroup[],
): Iterable<Draft> {
  const outliers = settings.outlierDetection!;
  const { minHealthPercent: minimum = 0 } = outliers;
  const percent = maxEjectionPercent(outliers);
  const base = path('outlierDetection');
  const drained = groups.find(({ counts }) =>
    counts.every(count => ejectable(count, percent) > Math.floor(count / 2)),
  );
  if (drained) {
    const endpoints = Math.max(...drained.counts);
    const at = `${base}.maxEjectionPercent`;
    yield {
      key: 'AIM203.capacity',
      object,
      path: at,
      params: {
        place,
        endpoints,
        percent,
        ejected: ejectable(endpoints, percent),
      },
      // Of one endpoint half is none: less would switch ejection off there.
      ...(groups.every(group =>
        ejectsSomewhere([group], EJECTABLE_PERCENT),
      ) && {
        fix: {
          object,
          operations: setValue(object, stepsOf(at), EJECTABLE_PERCENT),
        },
      }),
    };
  }
  // The more there are, the more are left.
  const endpoints = groups
    .map(({ counts }) => Math.max(...counts))
    .find(most => ejectable(most, percent) > 0 && leftAfterOne(most) < minimum);
  if (endpoints !== undefined) {
    const at = `${base}.minHealthPercent`;
    yield {
      key: 'AIM203.panic',
      object,
      path: at,
      params: {
        place,
        endpoints,
        left: Math.floor(leftAfterOne(endpoints)),
        minimum,
      },
      fix: { object, operations: setValue(object, stepsOf(at), 0) },
    };
  }
}

/** Percent of the endpoints that are healthy once one is out. */
function leftAfterOne(endpoints: number): number {
  return ((endpoints - 1) / endpoints) * 100;
}
