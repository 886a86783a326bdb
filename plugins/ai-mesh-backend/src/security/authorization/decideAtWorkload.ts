import {
  said,
  wording,
  wordsOf,
  type Decision,
  type WorkloadMtls,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { CalledService } from '../callerPairs';
import type { PolicyInForce } from './appliedPolicies';
import type { Attribute, CallQuestion } from './CallRequest';
import { decide } from './decide';
import type { EnforcedPolicies } from './enforcedPolicies';
import type { TrustDomains } from './Enforcer';
import { requestPrincipalOf } from './requestPrincipalOf';
import type { Waypoint } from '../../routes/waypointOf';

export interface CalledPlace {
  readonly snapshot: MeshSnapshot;
  readonly trust: TrustDomains;
  readonly enforced: EnforcedPolicies;
  readonly workload: CalledService['workloads'][number];
  /** Those that its own proxy enforces. */
  readonly policies: readonly PolicyInForce[];
}

/** What becomes of a call to one workload of the service, by how that takes part in the mesh. */
export function decideAtWorkload(
  place: CalledPlace,
  question: CallQuestion,
): Decision {
  const { workload } = place;
  switch (workload.proxy) {
    case 'none':
      return {
        verdict: 'allowed',
        because: 'not-enforced',
        ...said(
          wording('access.notEnforced', { workload: workload.workload.name }),
        ),
      };
    case 'ambient':
      return atAmbient(place, question);
    case 'mixed':
      return atMixed(place, question);
    default:
      return atSidecar(place, question);
  }
}

function atSidecar(place: CalledPlace, question: CallQuestion): Decision {
  return decide(
    place.snapshot,
    place.policies,
    {
      ...question,
      requestPrincipal: tokenOf(place, 'sidecar'),
      tcp: isTcp(place.workload, question.port),
    },
    { proxy: 'sidecar', trust: place.trust },
  );
}

function atAmbient(place: CalledPlace, question: CallQuestion): Decision {
  const { status } = place.enforced.waypoint.state;
  if (status !== 'serving' && status !== 'unknown') {
    return atZtunnel(place, question);
  }
  const passes = passesWaypoint(place, question);
  if (passes !== undefined) {
    return passes
      ? throughWaypoint(place, question)
      : pastWaypoint(place, question);
  }
  const through = throughWaypoint(place, question);
  const past = atZtunnel(place, question);
  return through.verdict === past.verdict
    ? through
    : {
        verdict: 'unknown',
        because: 'undecidable',
        ...(through.decidedBy && { decidedBy: through.decidedBy }),
        ...said(
          wording('access.dependsOnWay'),
          ...wordsOf(through),
          wording('access.pastWaypoint'),
          ...wordsOf(past),
        ),
      };
}

/**
 * Whether a call goes by the waypoint: ztunnels know of waypoints, and gateways where a label says so; sidecars and callers
 * without a proxy go past (`ambient/sidecar_interop.go`). Undefined: not known.
 */
function passesWaypoint(
  { enforced }: CalledPlace,
  { principal, way }: CallQuestion,
): boolean | undefined {
  if (principal === null) {
    return false;
  }
  switch (way) {
    case 'ambient':
      return true;
    case 'sidecar':
      return false;
    case 'gateway':
      return enforced.waypoint.takesIngress ?? false;
    default:
      return undefined;
  }
}

function pastWaypoint(place: CalledPlace, question: CallQuestion): Decision {
  const decision = atZtunnel(place, question);
  const { way } = question;
  return way === undefined || place.enforced.atWaypoint.length === 0
    ? decision
    : {
        ...decision,
        ...said(
          ...wordsOf(decision),
          wording(
            way === 'gateway' ? 'access.gatewayPasses' : 'access.sidecarPasses',
          ),
        ),
      };
}

function throughWaypoint(place: CalledPlace, question: CallQuestion): Decision {
  const { snapshot, enforced, trust, workload } = place;
  const { state } = enforced.waypoint;
  return state.status === 'serving'
    ? stricter(
        decide(
          snapshot,
          enforced.atWaypoint,
          {
            ...question,
            requestPrincipal: tokenOf(place, {
              waypointIn: enforced.waypoint.asked?.namespace ?? '',
            }),
            tcp: isTcp(workload, question.port),
          },
          { proxy: 'waypoint', trust },
        ),
        // To ztunnel the waypoint is the caller.
        atZtunnel(place, {
          ...question,
          principal: identityOf(enforced.waypoint, trust),
          ip: undefined,
        }),
      )
    : stricter(
        {
          verdict: 'unknown',
          because: 'undecidable',
          ...said(wording('access.waypointUnknown'), ...wordsOf(state)),
        },
        atZtunnel(place, { ...question, principal: undefined, ip: undefined }),
      );
}

/** ztunnel sees connections, not requests. */
function atZtunnel(place: CalledPlace, question: CallQuestion): Decision {
  return decide(
    place.snapshot,
    place.policies,
    { ...question, requestPrincipal: undefined, tcp: true },
    { proxy: 'ztunnel', trust: place.trust },
  );
}

/** Which pod a call comes to is nobody's choice. */
function atMixed(place: CalledPlace, question: CallQuestion): Decision {
  const [sidecar, ambient] = [
    atSidecar(place, question),
    atAmbient(place, question),
  ];
  return sidecar.verdict === ambient.verdict && sidecar.verdict === 'allowed'
    ? sidecar
    : {
        verdict: 'unknown',
        because: 'undecidable',
        ...said(
          wording('access.mixedPods', {
            workload: place.workload.workload.name,
          }),
        ),
      };
}

function identityOf(
  { asked, serviceAccount }: Waypoint,
  { own = '' }: TrustDomains,
): Attribute {
  return asked && serviceAccount !== undefined
    ? `${own}/ns/${asked.namespace}/sa/${serviceAccount}`
    : undefined;
}

function tokenOf(
  { snapshot, workload }: CalledPlace,
  proxy: Parameters<typeof requestPrincipalOf>[2],
): Attribute {
  return requestPrincipalOf(
    snapshot,
    { name: workload.workload, labels: workload.labels },
    proxy,
  );
}

function isTcp({ ports }: WorkloadMtls, port: number | undefined): boolean {
  const meant =
    port === undefined ? ports : ports.filter(other => other.port === port);
  return meant.length > 0 && meant.every(({ protocol }) => protocol === 'tcp');
}

function stricter(a: Decision, b: Decision): Decision {
  const order = { denied: 0, unknown: 1, differs: 1, allowed: 2 };
  // Of two that let it pass, the one with a rule says more.
  return order[b.verdict] < order[a.verdict] ||
    (a.because === 'no-policy' && b.verdict === a.verdict)
    ? b
    : a;
}
