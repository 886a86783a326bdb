import type { Decision } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { settingOf } from '../serverMtls';
import { where } from '../plaintextReason';
import type { AccessPolicy, AccessRule, Action } from './AccessPolicy';
import type { PolicyInForce } from './appliedPolicies';
import type { CallRequest } from './CallRequest';
import { matchRule } from './matchRule';
import { obstacleWords } from './obstacleWords';
import type { Obstacle, Tri } from './Tri';

interface RuleMatch {
  policy: AccessPolicy;
  rule: AccessRule;
  match: Tri;
}

/**
 * What the policies say to a request. Istio asks CUSTOM, then DENY, then ALLOW; AUDIT and dry runs decide nothing. Where
 * a later step denies for certain, what an earlier one might have said does not matter.
 */
export function decide(
  snapshot: MeshSnapshot,
  policies: readonly PolicyInForce[],
  request: CallRequest,
): Decision {
  const inForce = policies
    .map(({ policy }) => policy)
    .filter(({ dryRun }) => !dryRun);
  const deciding = (policy: AccessPolicy, path: string) => ({
    decidedBy: settingOf(snapshot, policy.object, path),
  });
  const deny = matches(inForce, 'DENY', request);
  const denied = deny.find(({ match }) => match === 'yes');
  if (denied) {
    const by = deciding(denied.policy, denied.rule.path);
    return {
      verdict: 'denied',
      because: 'deny-rule',
      ...by,
      message: `${where(by.decidedBy)} denies it.`,
    };
  }
  const allowing = inForce.filter(({ action }) => action === 'ALLOW');
  const allow = matches(inForce, 'ALLOW', request);
  const allowed = allow.find(({ match }) => match === 'yes');
  const unread = inForce.find(({ broken }) => broken);
  if (
    allowing.length > 0 &&
    !unread &&
    allow.every(({ match }) => match === 'no')
  ) {
    const by = deciding(allowing[0], 'spec.rules');
    return {
      verdict: 'denied',
      because: 'no-rule-matched',
      ...by,
      message: `No rule of ${allowing.map(({ object }) => `AuthorizationPolicy ${object.metadata.namespace}/${object.metadata.name}`).join(', ')} allows it.`,
    };
  }
  if (unread) {
    const by = deciding(unread, unread.broken!.path);
    return {
      verdict: 'unknown',
      because: 'undecidable',
      ...by,
      message: `${where(by.decidedBy)} is not ${unread.broken!.expected}.`,
    };
  }
  const custom = matches(inForce, 'CUSTOM', request).find(
    ({ match }) => match !== 'no',
  );
  if (custom) {
    const by = deciding(custom.policy, custom.rule.path);
    return {
      verdict: 'unknown',
      because: 'external',
      ...by,
      message: `${where(by.decidedBy)} leaves it to an external authorizer.`,
    };
  }
  const open =
    firstUnknown(deny) ?? (allowed ? undefined : firstUnknown(allow));
  if (open) {
    const by = deciding(open.policy, open.obstacle.path);
    return {
      verdict: 'unknown',
      because: 'undecidable',
      ...by,
      message: `${where(by.decidedBy)} depends on ${obstacleWords[open.obstacle.what]}.`,
    };
  }
  if (allowed) {
    const by = deciding(allowed.policy, allowed.rule.path);
    return {
      verdict: 'allowed',
      because: 'allow-rule',
      ...by,
      message: `${where(by.decidedBy)} allows it.`,
    };
  }
  return {
    verdict: 'allowed',
    because: 'no-policy',
    message: 'No policy with action ALLOW applies, and none denies it.',
  };
}

function matches(
  policies: readonly AccessPolicy[],
  action: Action,
  request: CallRequest,
): RuleMatch[] {
  return policies
    .filter(policy => policy.action === action)
    .flatMap(policy =>
      policy.rules.map(rule => ({
        policy,
        rule,
        match: matchRule(rule, {
          request,
          action,
          policyNamespace: policy.object.metadata.namespace ?? '',
        }),
      })),
    );
}

function firstUnknown(
  found: readonly RuleMatch[],
): { policy: AccessPolicy; obstacle: Obstacle } | undefined {
  for (const { policy, match } of found) {
    if (match !== 'yes' && match !== 'no') {
      return { policy, obstacle: match };
    }
  }
  return undefined;
}
