import { setValue, stepsOf } from '../../manifest';
import type { Analyzer, Draft } from '../Analyzer';
import { breakerPlaces, type BreakerPlace } from '../breakerPlace';
import { ejectable, maxEjectionPercent } from '../ejection';
import { EJECTABLE_PERCENT } from '../suggestions';

/** AIM203: ejection may take more than half of the endpoints, or one ejection switches it off. */
export const ejectionCapacity: Analyzer = {
  codes: ['AIM203'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    for (const entry of breakerPlaces(subject)) {
      if (entry.settings.outlierDetection && entry.endpoints) {
        yield* judge(entry, entry.endpoints);
      }
    }
  },
};

function* judge(
  { settings, object, path, place }: BreakerPlace,
  counts: readonly number[],
): Iterable<Draft> {
  const outliers = settings.outlierDetection!;
  const { minHealthPercent: minimum = 0 } = outliers;
  const percent = maxEjectionPercent(outliers);
  const base = path('outlierDetection');
  const endpoints = Math.max(...counts);
  const ejected = ejectable(endpoints, percent);
  if (
    counts.every(count => ejectable(count, percent) > Math.floor(count / 2))
  ) {
    const at = `${base}.maxEjectionPercent`;
    yield {
      key: 'AIM203.capacity',
      object,
      path: at,
      params: { place, endpoints, percent, ejected },
      fix: {
        object,
        operations: setValue(object, stepsOf(at), EJECTABLE_PERCENT),
      },
    };
  }
  const left = ((endpoints - 1) / endpoints) * 100;
  // The more there are, the more are left.
  if (ejected > 0 && left < minimum) {
    const at = `${base}.minHealthPercent`;
    yield {
      key: 'AIM203.panic',
      object,
      path: at,
      params: { place, endpoints, left: Math.floor(left), minimum },
      fix: { object, operations: setValue(object, stepsOf(at), 0) },
    };
  }
}
