import {
  wording,
  type IneffectiveReason,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
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
  readonly words: readonly Words[];
}

const NEEDS_WAYPOINT = wording('ztunnel.needsWaypoint');

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
        words: [wording('ztunnel.action', { action }), NEEDS_WAYPOINT],
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
  const why = (key: TextKey) => [
    wording(key, { fields: fields.join(', ') }),
    NEEDS_WAYPOINT,
  ];
  if (action === 'ALLOW') {
    return httpFieldsOf(rule).length > 0 || isEmptyAtZtunnel(rule)
      ? {
          path,
          fields,
          why: 'ztunnel-allow',
          words: why('ztunnel.allowsNobody'),
        }
      : {
          path,
          fields,
          why: 'ztunnel-allow-wider',
          words: why('ztunnel.allowsMore'),
        };
  }
  return isEmptyAtZtunnel(rule)
    ? {
        path,
        fields,
        why: 'ztunnel-deny',
        words: why('ztunnel.noEffect'),
      }
    : {
        path,
        fields,
        why: 'ztunnel-deny-wider',
        words: why('ztunnel.deniesMore'),
      };
}
