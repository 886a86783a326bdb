import {
  said,
  wording,
  type Decision,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { settingOf } from '../serverMtls';
import { aboutSetting } from '../../routes/aboutSetting';
import { objectName } from '../../routes/objectRef';
import type { AccessPolicy, AccessRule, Action } from './AccessPolicy';
import type { PolicyInForce } from './appliedPolicies';
import type { CallRequest } from './CallRequest';
import type { Enforcer } from './Enforcer';
import { ineffectiveAtZtunnel } from './ineffectiveAtZtunnel';
import { matchRule } from './matchRule';
import { unknownWords, unreadableWords } from './Places';
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
  enforcer: Enforcer,
): Decision {
  const applied = policies
    .map(({ policy }) => policy)
    .filter(({ dryRun }) => !dryRun);
  const inForce = applied.filter(
    ({ action }) =>
      action !== 'AUDIT' &&
      !(enforcer.proxy === 'ztunnel' && action === 'CUSTOM'),
  );
  const deciding = (policy: AccessPolicy, path: string) => ({
    decidedBy: settingOf(snapshot, policy.object, path),
  });
  const deny = matches(inForce, 'DENY', request, enforcer);
  const denied = deny.find(({ match }) => match === 'yes');
  if (denied) {
    const by = deciding(denied.policy, denied.rule.path);
    return {
      verdict: 'denied',
      because: 'deny-rule',
      ...by,
      ...said(aboutSetting('access.denies', by.decidedBy)),
    };
  }
  const allowing = inForce.filter(({ action }) => action === 'ALLOW');
  const allow = matches(inForce, 'ALLOW', request, enforcer);
  const allowed = allow.find(({ match }) => match === 'yes');
  const unread = inForce.find(({ broken }) => broken);
  if (
    allowing.length > 0 &&
    (!unread || inForce.every(mayNotAllow)) &&
    allow.every(({ match }) => match === 'no')
  ) {
    const by = deciding(allowing[0], 'spec.rules');
    return {
      verdict: 'denied',
      because: 'no-rule-matched',
      ...by,
      ...said(
        wording('access.noRule', {
          policies: allowing.map(({ object }) => objectName(object)).join(', '),
        }),
        ...leftOut(allowing, enforcer),
      ),
    };
  }
  if (unread) {
    const by = deciding(unread, unread.broken!.path);
    return {
      verdict: 'unknown',
      because: 'undecidable',
      ...by,
      ...said(unreadableWords(by.decidedBy, unread.broken!)),
    };
  }
  const custom = matches(inForce, 'CUSTOM', request, enforcer).find(
    ({ match }) => match !== 'no',
  );
  if (custom) {
    const by = deciding(custom.policy, custom.rule.path);
    return {
      verdict: 'unknown',
      because: 'external',
      ...by,
      ...said(aboutSetting('access.external', by.decidedBy)),
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
      ...said(
        open.obstacle.what === 'unknown-field'
          ? unknownWords(by.decidedBy, open.obstacle)
          : aboutSetting(
              'access.depends',
              by.decidedBy,
              {},
              { what: `obstacle.${open.obstacle.what}` },
            ),
      ),
    };
  }
  if (allowed) {
    const by = deciding(allowed.policy, allowed.rule.path);
    return {
      verdict: 'allowed',
      because: 'allow-rule',
      ...by,
      ...said(aboutSetting('access.allows', by.decidedBy)),
    };
  }
  const ineffective = noEffect(applied, enforcer);
  if (ineffective) {
    const by = deciding(ineffective.policy, ineffective.path);
    return {
      verdict: 'allowed',
      because: 'no-effect',
      ...by,
      ...said(...ineffective.words),
    };
  }
  return {
    verdict: 'allowed',
    because: 'no-policy',
    ...said(wording('access.noPolicy')),
  };
}

function matches(
  policies: readonly AccessPolicy[],
  action: Action,
  request: CallRequest,
  enforcer: Enforcer,
): RuleMatch[] {
  return policies
    .filter(policy => policy.action === action)
    .flatMap(policy =>
      policy.rules.map(rule => ({
        policy,
        rule,
        match: policy.broken
          ? { what: 'unreadable' as const, path: policy.broken.path }
          : matchRule(rule, {
              request,
              action,
              policyNamespace: policy.object.metadata.namespace ?? '',
              enforcer,
            }),
      })),
    );
}

/** A policy that denies can be as unreadable as it likes: it lets nobody in. */
function mayNotAllow({ broken, action }: AccessPolicy): boolean {
  return !broken || action === 'DENY';
}

function leftOut(
  allowing: readonly AccessPolicy[],
  { proxy }: Enforcer,
): readonly Words[] {
  const [first] =
    proxy === 'ztunnel' ? allowing.flatMap(ineffectiveAtZtunnel) : [];
  return first?.words ?? [];
}

/** A policy that would keep somebody out and that the proxy there leaves out. */
function noEffect(policies: readonly AccessPolicy[], { proxy }: Enforcer) {
  if (proxy !== 'ztunnel') {
    return undefined;
  }
  const [first] = policies
    .filter(({ action }) => action === 'DENY' || action === 'CUSTOM')
    .flatMap(policy =>
      ineffectiveAtZtunnel(policy)
        .filter(({ why }) => !why.endsWith('-wider'))
        .map(place => ({ ...place, policy })),
    );
  return first;
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
