import type { IneffectiveReason } from '@ai-mesh/plugin-ai-mesh-common';
import type { AccessPolicy, AccessRule } from './AccessPolicy';
import {
  httpFieldsOf,
  isEmptyAtZtunnel,
  unseenFieldsOf,
} from './matchAtZtunnel';

/** A place in a policy that does not do what it says, and why. */
export interface Ineffective {
  readonly path: string;
  readonly why: IneffectiveReason;
  /** What it asks for and ztunnel does not see. */
  readonly fields?: readonly string[];
  readonly message: string;
}

const NEEDS_WAYPOINT =
  'Only a waypoint, with a policy whose targetRefs point at it or at the Service, could enforce it.';

/** What ztunnel leaves out of a policy that applies to its workload. */
export function ineffectiveAtZtunnel(
  policy: Pick<AccessPolicy, 'action' | 'rules'>,
): Ineffective[] {
  const { action, rules } = policy;
  if (action === 'CUSTOM' || action === 'AUDIT') {
    return [
      {
        path: 'spec.action',
        why: 'ztunnel-action',
        message: `ztunnel knows no action ${action}: the policy has no effect there. ${NEEDS_WAYPOINT}`,
      },
    ];
  }
  return action === undefined
    ? []
    : rules.flatMap(rule => ofRule(rule, action) ?? []);
}

/** Whether ztunnel enforces nothing of it. */
export function hasNoEffectAtZtunnel(policy: AccessPolicy): boolean {
  const whys = ineffectiveAtZtunnel(policy).map(({ why }) => why);
  return (
    whys.includes('ztunnel-action') ||
    (policy.action === 'DENY' &&
      whys.filter(why => why === 'ztunnel-deny').length ===
        policy.rules.length &&
      policy.rules.length > 0)
  );
}

function ofRule(
  rule: AccessRule,
  action: 'ALLOW' | 'DENY',
): Ineffective | undefined {
  const fields = unseenFieldsOf(rule);
  if (rule.unreadable || fields.length === 0) {
    return undefined;
  }
  const { path } = rule;
  const asks = `It asks for ${fields.join(', ')}, which ztunnel does not see`;
  if (action === 'ALLOW') {
    return httpFieldsOf(rule).length > 0 || isEmptyAtZtunnel(rule)
      ? {
          path,
          fields,
          why: 'ztunnel-allow',
          message: `${asks}: the rule allows nobody. ${NEEDS_WAYPOINT}`,
        }
      : {
          path,
          fields,
          why: 'ztunnel-allow-wider',
          message: `${asks}: by its version Istio leaves them out, and the rule allows more than it says, or leaves the rule out, and it allows nobody. ${NEEDS_WAYPOINT}`,
        };
  }
  return isEmptyAtZtunnel(rule)
    ? {
        path,
        fields,
        why: 'ztunnel-deny',
        message: `${asks}, and without them nothing can match: the rule has no effect. ${NEEDS_WAYPOINT}`,
      }
    : {
        path,
        fields,
        why: 'ztunnel-deny-wider',
        message: `${asks}: the rule denies without regard to them, which is more than it says. ${NEEDS_WAYPOINT}`,
      };
}
