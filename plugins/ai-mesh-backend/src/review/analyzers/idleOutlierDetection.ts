import { endpointsOf } from '../../kubernetes/endpointsOf';
import { setValue, stepsOf, valueAt } from '../../manifest';
import { Field } from '../../routes/Field';
import type { Analyzer, Draft } from '../Analyzer';
import { breakerPlaces, type BreakerPlace } from '../breakerPlace';
import { ejectable, maxEjectionPercent } from '../ejection';
import { endpointCounts } from '../endpointCounts';
import type { ReviewSubject } from '../ReviewSubject';
import { EJECTABLE_PERCENT } from '../suggestions';

/**
 * AIM207: outlier detection that never ejects, since one endpoint is more than the share that may be out, or since it
 * counts nothing. A single endpoint is never to be ejected, and no finding.
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

function* judge(
  subject: ReviewSubject,
  { settings, object, path, place, endpoints }: BreakerPlace,
): Iterable<Draft> {
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
  const groups = [
    ...(endpoints === undefined ? [] : [endpoints]),
    ...(settings.subset === undefined ? heirs(subject, object) : []),
  ];
  const idle = groups.find(counts =>
    counts.every(count => count > 1 && ejectable(count, percent) === 0),
  );
  if (idle !== undefined) {
    const count = Math.max(...idle);
    const at = `${base}.maxEjectionPercent`;
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

/** The endpoints of each subset that inherits the rule's own detection: Envoy knows each as a cluster of its own. */
function heirs(
  subject: ReviewSubject,
  object: BreakerPlace['object'],
): (readonly number[])[] {
  const { snapshot, service } = subject;
  return new Field(object.spec, 'spec', () => undefined)
    .at('subsets')
    .list()
    .filter(
      subset => !subset.at('trafficPolicy').at('outlierDetection').present,
    )
    .flatMap(subset => {
      const labels = subset.at('labels').textMap();
      const counts = endpointCounts(
        subject,
        endpointsOf(snapshot, service.namespace, service.name, labels),
        labels,
      );
      return counts ? [counts] : [];
    });
}
