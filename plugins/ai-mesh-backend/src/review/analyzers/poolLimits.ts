import { wording, type BreakerSettings } from '@ai-mesh/plugin-ai-mesh-common';
import { setValue, stepsOf } from '../../manifest';
import { gap, seen, type Analyzer, type Draft } from '../Analyzer';
import { breakerPlaces, type BreakerPlace } from '../breakerPlace';
import { isForOthers, ownRule, policyFix } from '../ownRule';
import type { ReviewSubject } from '../ReviewSubject';
import { serviceName } from '../subjectRules';
import { limitFor } from '../suggestions';

type Pool = BreakerSettings['connectionPool'];

/** The limits on requests under way at once, with their place in a connection pool. */
const LIMITS = [
  ['maxConnections', 'tcp.maxConnections'],
  ['http2MaxRequests', 'http.http2MaxRequests'],
] as const;

/** AIM204: no connection-pool limits, or limits below what was seen. */
export const poolLimits: Analyzer = {
  codes: ['AIM204'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    const { peakInFlight } = subject.telemetry;
    const peak = peakInFlight.status === 'known' ? peakInFlight.value : 0;
    const places = breakerPlaces(subject).filter(({ settings }) =>
      isLimited(settings.connectionPool),
    );
    if (!places.some(({ object }) => isForOthers(subject, object.metadata))) {
      yield missing(subject, peak);
      return;
    }
    if (peakInFlight.status === 'unknown') {
      yield gap('AIM204', peakInFlight);
      return;
    }
    for (const place of places) {
      yield* low(subject, place, peak);
    }
  },
};

function isLimited(pool: Pool): boolean {
  return (
    pool.maxConnections !== undefined ||
    pool.http1MaxPendingRequests !== undefined ||
    pool.http2MaxRequests !== undefined
  );
}

function missing(subject: ReviewSubject, peak: number): Draft {
  const object = ownRule(subject);
  const limit = limitFor(peak);
  return {
    key: 'AIM204.missing',
    object: object ?? subject.object,
    path: object ? 'spec.trafficPolicy' : '',
    params: { service: serviceName(subject) },
    ...policyFix(subject, 'connectionPool', {
      tcp: { maxConnections: limit },
      http: { http1MaxPendingRequests: limit, http2MaxRequests: limit },
    }),
  };
}

function* low(
  subject: ReviewSubject,
  { settings, object, path, place }: BreakerPlace,
  peak: number,
): Iterable<Draft> {
  const { connectionPool } = settings;
  const exceeded = LIMITS.filter(
    ([name]) => (connectionPool[name] ?? Infinity) < peak,
  );
  if (exceeded.length === 0) {
    return;
  }
  const { overflowPerSecond } = subject.telemetry;
  const base = path('connectionPool');
  const operations = exceeded.flatMap(([, step]) =>
    setValue(object, stepsOf(`${base}.${step}`), limitFor(peak)),
  );
  yield {
    key: 'AIM204.low',
    object,
    path: `${base}.${exceeded[0][1]}`,
    params: {
      place,
      service: serviceName(subject),
      peak: Math.ceil(peak),
      limit: Math.min(...exceeded.map(([name]) => connectionPool[name]!)),
    },
    evidence: [
      seen(wording('review.peak', { peak: Number(peak.toFixed(1)) })),
      ...(overflowPerSecond.status === 'known' && overflowPerSecond.value > 0
        ? [
            seen(
              wording('review.overflow', {
                rate: overflowPerSecond.value,
              }),
            ),
          ]
        : []),
    ],
    fix: { object, operations },
  };
}
