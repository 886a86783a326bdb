import type {
  Decision,
  ServiceDecision,
  WorkloadMtls,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
import type { CalledService } from '../callerPairs';
import { workloadKey } from '../../kubernetes/workloads';
import { unreadWorkloads } from '../unreadWorkloads';
import {
  appliedPolicies,
  targetedPolicies,
  type PolicyInForce,
} from './appliedPolicies';
import type { CallRequest } from './CallRequest';
import { decide } from './decide';
import { requestPrincipalOf } from './requestPrincipalOf';
import { waypointOf, type Waypoint } from './waypointOf';

/** A question to the policies; what a token says is not part of it. */
export type CallQuestion = Omit<CallRequest, 'requestPrincipal' | 'tcp'>;

type CalledWorkload = CalledService['workloads'][number];

/** Answers for one service. */
export interface Authorizer {
  decide(question: CallQuestion): ServiceDecision;
  /** Every policy that has a say, each once. */
  readonly policies: readonly PolicyInForce[];
}

export function authorizer(
  snapshot: MeshSnapshot,
  service: ServiceObject,
  called: CalledService,
): Authorizer {
  const { namespace = '' } = service.metadata;
  const waypoint = waypointOf(snapshot, service);
  const targeted = waypoint
    ? targetedPolicies(snapshot, namespace, [
        { group: '', kind: 'Service', name: service.metadata.name },
        ...waypoint.targets,
      ])
    : [];
  const places = called.workloads.map(workload => ({
    workload,
    applied: appliedPolicies(snapshot, {
      name: workload.workload,
      labels: workload.labels,
    }),
  }));
  return {
    policies: [
      ...new Map(
        [...targeted, ...places.flatMap(({ applied }) => applied)].map(
          entry => [entry.policy, entry],
        ),
      ).values(),
    ],
    decide: question =>
      together(
        snapshot,
        places.map(({ workload, applied }) => ({
          workload: workload.workload,
          decision: decideAt(
            snapshot,
            { workload, applied, targeted, waypoint },
            question,
          ),
        })),
      ),
  };
}

function decideAt(
  snapshot: MeshSnapshot,
  place: {
    workload: CalledWorkload;
    applied: readonly PolicyInForce[];
    targeted: readonly PolicyInForce[];
    waypoint: Waypoint | undefined;
  },
  question: CallQuestion,
): Decision {
  const { workload, applied, targeted, waypoint } = place;
  const missing = unknownKind(snapshot, 'AuthorizationPolicy');
  if (missing?.status === 'unknown' && missing.reason !== 'not-configured') {
    return {
      verdict: 'unknown',
      because: 'unreadable',
      message: missing.message ?? 'The AuthorizationPolicies cannot be read.',
    };
  }
  if (workload.proxy === 'none') {
    return {
      verdict: 'allowed',
      because: 'not-enforced',
      message: `The pods of ${workload.workload.name} have no proxy, so no policy is enforced.`,
    };
  }
  const requestPrincipal = requestPrincipalOf(snapshot, {
    name: workload.workload,
    labels: workload.labels,
  });
  if (workload.proxy !== 'ambient') {
    return decide(snapshot, applied, {
      ...question,
      requestPrincipal,
      tcp: isTcp(workload, question.port),
    });
  }
  if (!waypoint) {
    // ztunnel sees connections, not requests.
    return decide(snapshot, applied, {
      ...question,
      requestPrincipal,
      tcp: true,
    });
  }
  const atWaypoint = decide(snapshot, targeted, {
    ...question,
    requestPrincipal,
    tcp: isTcp(workload, question.port),
  });
  // To ztunnel the waypoint is the caller, whose identity is not known here.
  const atWorkload = decide(snapshot, applied, {
    ...question,
    principal: undefined,
    ip: undefined,
    requestPrincipal,
    tcp: true,
  });
  return stricter(atWaypoint, atWorkload);
}

function isTcp({ ports }: WorkloadMtls, port: number | undefined): boolean {
  const meant =
    port === undefined ? ports : ports.filter(other => other.port === port);
  return meant.length > 0 && meant.every(({ protocol }) => protocol === 'tcp');
}

function stricter(a: Decision, b: Decision): Decision {
  const order = { denied: 0, unknown: 1, differs: 1, allowed: 2 };
  return order[b.verdict] < order[a.verdict] ? b : a;
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
        message:
          unread.message ??
          'It is not known which workloads stand behind the service.',
      };
    }
    return {
      verdict: 'unknown',
      because: 'undecidable',
      message: 'No workload of this cluster stands behind the service.',
    };
  }
  const [{ decision }] = workloads;
  if (workloads.every(other => other.decision.verdict === decision.verdict)) {
    return decision;
  }
  const said = workloads.map(
    entry => `${entry.workload.name}: ${entry.decision.verdict}`,
  );
  return {
    verdict: 'differs',
    because: decision.because,
    message: `The workloads differ: ${said.join(', ')}.`,
    workloads: [
      ...new Map(
        workloads.map(entry => [workloadKey(entry.workload), entry]),
      ).values(),
    ],
  };
}
