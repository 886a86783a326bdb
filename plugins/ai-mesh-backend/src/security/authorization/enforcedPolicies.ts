import type { AppliedPolicy } from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { CalledService } from '../callerPairs';
import { appliedPolicies, type PolicyInForce } from './appliedPolicies';
import type { Enforcer } from './Enforcer';
import {
  hasNoEffectAtZtunnel,
  ineffectiveAtZtunnel,
  type Ineffective,
} from './ineffectiveAtZtunnel';
import { targetedPolicies } from './targetedPolicies';
import { waypointOf, type Waypoint } from '../../routes/waypointOf';

/** A policy that is meant for a service, and what becomes of it there. */
export interface ReportedPolicy extends PolicyInForce {
  readonly effect: AppliedPolicy['effect'];
  readonly ineffective: readonly Ineffective[];
  readonly enforcedBy: Enforcer['proxy'];
}

/** The policies of a service by the proxy that enforces them. */
export interface EnforcedPolicies {
  readonly waypoint: Waypoint;
  readonly atWaypoint: readonly PolicyInForce[];
  readonly workloads: readonly {
    readonly workload: CalledService['workloads'][number];
    readonly policies: readonly PolicyInForce[];
  }[];
  /** Each once, those without any effect included. */
  readonly reported: readonly ReportedPolicy[];
}

export function enforcedPolicies(
  snapshot: MeshSnapshot,
  service: ServiceObject,
  called: CalledService,
): EnforcedPolicies {
  const { namespace = '', name } = service.metadata;
  const waypoint = waypointOf(snapshot, service);
  const targeted = targetedPolicies(snapshot, { namespace, name }, waypoint);
  const workloads = called.workloads.map(workload => ({
    workload,
    policies: appliedPolicies(snapshot, {
      name: workload.workload,
      labels: workload.labels,
    }),
  }));
  const reported = [
    ...targeted.map(({ policy, ineffective }): ReportedPolicy => ({
      policy,
      scope: 'target',
      enforcedBy: 'waypoint',
      ineffective,
      effect: ineffective.length > 0 ? 'none' : 'full',
    })),
    ...workloads.flatMap(({ workload, policies }) =>
      policies.map(entry => atWorkload(entry, workload.proxy)),
    ),
  ];
  return {
    waypoint,
    atWaypoint: targeted
      .filter(({ ineffective }) => ineffective.length === 0)
      .map(({ policy }) => ({ policy, scope: 'target' as const })),
    workloads,
    reported: each(reported),
  };
}

function atWorkload(
  { policy, scope }: PolicyInForce,
  proxy: CalledService['workloads'][number]['proxy'],
): ReportedPolicy {
  if (proxy !== 'ambient') {
    return {
      policy,
      scope,
      enforcedBy: 'sidecar',
      ineffective: [],
      effect: 'full',
    };
  }
  const ineffective = ineffectiveAtZtunnel(policy);
  const altered = ineffective.length > 0 ? 'altered' : 'full';
  return {
    policy,
    scope,
    enforcedBy: 'ztunnel',
    ineffective,
    effect: hasNoEffectAtZtunnel(policy) ? 'none' : altered,
  };
}

/** Each policy once; one with its full effect at one workload and not at another is altered. */
function each(reported: readonly ReportedPolicy[]): ReportedPolicy[] {
  const byObject = new Map<unknown, ReportedPolicy>();
  for (const entry of reported) {
    const known = byObject.get(entry.policy.object);
    if (!known) {
      byObject.set(entry.policy.object, entry);
    } else if (known.effect !== entry.effect) {
      byObject.set(entry.policy.object, {
        ...(known.ineffective.length > 0 ? known : entry),
        effect: 'altered',
      });
    }
  }
  return [...byObject.values()];
}
