import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotOfObjects } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { KubernetesObject, MeshKind } from '../../kubernetes/kinds';
import type { KindState, MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { resolveRoutes } from '../../routes/resolveRoutes';
import { lookBack } from '../../security/LookBack';
import type { ObservedCaller } from '../../security/observedCallers';
import { securityFacts } from '../../security/securityFacts';
import { caller } from '../../security/__testUtils__/assessChat';
import { judgeService } from '../judgeService';
import type { ReviewSubject, ReviewTelemetry } from '../ReviewSubject';

export interface ReviewOptions {
  telemetry?: Partial<ReviewTelemetry>;
  observed?: Measured<readonly ObservedCaller[]>;
  states?: Partial<Record<MeshKind, KindState>>;
  service?: { namespace: string; name: string };
  autoMtls?: boolean;
  elsewhere?: ReviewSubject['elsewhere'];
  others?: ReviewSubject['others'];
}

/** Nothing conspicuous. */
const calm: ReviewTelemetry = {
  requestsPerSecond: known(2),
  p99Ms: known(12_000),
  p99MsByVersion: new Map(),
  p99MsByWorkload: new Map(),
  cutOffRatio: known(0),
  overflowPerSecond: known(0),
  peakInFlight: known(20),
  breakersExported: known(true),
  egress: known([]),
};

/** What the review says of the chat service over these objects. For tests. */
export function reviewOf(
  objects: readonly KubernetesObject[],
  options: ReviewOptions = {},
) {
  const snapshot = snapshotOfObjects(objects, { states: options.states });
  return judgeService(subjectOf(snapshot, options));
}

/** A service of a snapshot, ready to be reviewed. For tests. */
export function subjectOf(
  snapshot: MeshSnapshot,
  options: ReviewOptions = {},
): ReviewSubject {
  const { namespace, name } = options.service ?? {
    namespace: 'ai',
    name: 'chat',
  };
  const object = snapshot.get('Service', namespace, name)!;
  return {
    snapshot,
    object,
    elsewhere: options.elsewhere ?? [],
    others: options.others ?? [],
    service: { cluster: snapshot.cluster, namespace, name },
    routes: resolveRoutes(snapshot, { namespace, name }),
    telemetry: { ...calm, ...options.telemetry },
    security: securityFacts({
      snapshot,
      service: object,
      observed: options.observed ?? known([caller('gateway', 0, 100)]),
      namespacePlaintext: known({
        calls: [],
        since: new Date('2026-01-01T00:00:00Z'),
      }),
      lookBack: lookBack(7 * 86_400),
      now: new Date('2026-03-01T12:00:00Z'),
      autoMtls: options.autoMtls ?? true,
    }),
  };
}
