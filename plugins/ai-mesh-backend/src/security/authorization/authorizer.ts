import {
  said,
  wording,
  type Decision,
  type Sentences,
  type ServiceDecision,
  type WaypointState,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
import type { CalledService } from '../callerPairs';
import { workloadKey } from '../../kubernetes/workloads';
import { unreadWorkloads } from '../unreadWorkloads';
import type { CallQuestion } from './CallRequest';
import { decideAtWorkload } from './decideAtWorkload';
import { enforcedPolicies, type ReportedPolicy } from './enforcedPolicies';
import type { TrustDomains } from './Enforcer';
import { saidOr } from '../saidOr';

/** Answers for one service. */
export interface Authorizer {
  decide(question: CallQuestion): ServiceDecision;
  /** Every policy that is meant for the service, each once, with what becomes of it. */
  readonly policies: readonly ReportedPolicy[];
  readonly waypoint: WaypointState;
}

export function authorizer(
  snapshot: MeshSnapshot,
  service: ServiceObject,
  called: CalledService,
  trust: TrustDomains,
): Authorizer {
  const enforced = enforcedPolicies(snapshot, service, called);
  const missing = unknownKind(snapshot, 'AuthorizationPolicy');
  return {
    policies: enforced.reported,
    waypoint: enforced.waypoint.state,
    decide: question =>
      together(
        snapshot,
        enforced.workloads.map(({ workload, policies }) => ({
          workload: workload.workload,
          decision:
            missing?.status === 'unknown' && missing.reason !== 'not-configured'
              ? unreadable(missing)
              : decideAtWorkload(
                  { snapshot, trust, enforced, workload, policies },
                  question,
                ),
        })),
      ),
  };
}

function unreadable(missing: Partial<Sentences>): Decision {
  return {
    verdict: 'unknown',
    because: 'unreadable',
    ...saidOr(missing, 'access.policiesUnread'),
  };
}

/** One answer where the workloads agree, else each one's own. */
function together(
  snapshot: MeshSnapshot,
  workloads: NonNullable<ServiceDecision['workloads']>,
): ServiceDecision {
  if (workloads.length === 0) {
    const unread = unreadWorkloads(snapshot);
    if (unread) {
      return {
        verdict: 'unknown',
        because: 'unreadable',
        ...saidOr(unread, 'mtls.workloadsUnknown'),
      };
    }
    return {
      verdict: 'unknown',
      because: 'undecidable',
      ...said(wording('mtls.noWorkload')),
    };
  }
  const [{ decision }] = workloads;
  if (workloads.every(other => other.decision.verdict === decision.verdict)) {
    return decision;
  }
  return {
    verdict: 'differs',
    because: decision.because,
    ...said(
      wording('access.differ'),
      ...workloads.map(entry =>
        wording(
          'access.ofWorkload',
          { workload: entry.workload.name },
          { verdict: `verdict.${entry.decision.verdict}` },
        ),
      ),
    ),
    workloads: [
      ...new Map(
        workloads.map(entry => [workloadKey(entry.workload), entry]),
      ).values(),
    ],
  };
}
