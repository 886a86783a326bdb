import { setValue, stepsOf, valueAt } from '../../manifest';
import { Field } from '../../routes/Field';
import type { Analyzer, Draft } from '../Analyzer';
import { breakerGroups } from '../breakerGroups';
import { breakerPlaces, type BreakerPlace } from '../breakerPlace';
import { ejectable, maxEjectionPercent } from '../ejection';
import type { ReviewSubject } from '../ReviewSubject';
import { serviceName } from '../subjectRules';
import { EJECTABLE_PERCENT } from '../suggestions';

/**
 * AIM207: outlier detection that never ejects, since one endpoint is more than the share that may be out, or since it
 * counts nothing. Of a single endpoint no share but all of it is one: that it stays is a note, with what would help.
 */
export const idleOutlierDetection: Analyzer = {
  codes: ['AIM207'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    for (const entry of breakerPlaces(subject)) {
      if (entry.settings.outlierDetection) {
        yield* judge(subject, entry);
      }
    }
  },
};

function* judge(subject: ReviewSubject, entry: BreakerPlace): Iterable<Draft> {
  const { settings, object, path, place } = entry;
  const outliers = settings.outlierDetection!;
  const base = path('outlierDetection');
  if (countsNothing(outliers, valueAt(object, stepsOf(base)))) {
    const at = `${base}.consecutive5xxErrors`;
    yield {
      key: 'AIM207.counts',
      object,
      path: at,
      params: { place },
      fix: { object, operations: setValue(object, stepsOf(at), 5) },
    };
  }
  const percent = maxEjectionPercent(outliers);
  const groups = breakerGroups(subject, entry);
  const at = `${base}.maxEjectionPercent`;
  const idle = groups.find(({ counts }) =>
    counts.every(count => count > 1 && ejectable(count, percent) === 0),
  );
  if (idle !== undefined) {
    const count = Math.max(...idle.counts);
    yield {
      key: 'AIM207.share',
      object,
      path: at,
      params: {
        place,
        percent,
        endpoints: count,
        one: Math.round(100 / count),
      },
      fix: {
        object,
        operations: setValue(object, stepsOf(at), EJECTABLE_PERCENT),
      },
    };
  }
  const single = groups.filter(({ counts }) =>
    counts.every(count => count === 1 && ejectable(count, percent) === 0),
  );
  if (single.length > 0) {
    const subsets = single.flatMap(({ subset }) => subset ?? []);
    yield {
      key: 'AIM207.single',
      object,
      path: at,
      params: {
        place,
        percent,
        group:
          subsets.length > 0
            ? subsets.join(', ')
            : (settings.subset ?? serviceName(subject)),
      },
    };
  }
}

/** Without a word on it Envoy ejects on 5xx, not on gateway errors; failures to connect count by themselves only where they are told apart. */
function countsNothing(
  {
    consecutive5xxErrors,
    consecutiveGatewayErrors = 0,
  }: NonNullable<BreakerPlace['settings']['outlierDetection']>,
  written: unknown,
): boolean {
  const split = new Field(written, '', () => undefined)
    .at('splitExternalLocalOriginErrors')
    .flag();
  return consecutive5xxErrors === 0 && consecutiveGatewayErrors === 0 && !split;
}
