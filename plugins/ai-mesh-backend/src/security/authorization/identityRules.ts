import type { SettingSource } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { settingOf } from '../serverMtls';
import type { AccessPolicy, AccessRule, Wanted } from './AccessPolicy';
import type { PolicyInForce } from './appliedPolicies';

const FIELDS = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains'];
const KEYS = new Set([
  'source.principal',
  'source.namespace',
  'source.serviceAccount',
]);

/** A rule that asks who calls, which only mutual TLS can tell. */
export interface IdentityRule {
  readonly at: SettingSource;
  /** It keeps somebody out by identity, so that a caller without one gets in. */
  readonly evadable: boolean;
}

/** The rules of policies in force that ask for an identity, each at the first place where it does. */
export function identityRules(
  snapshot: MeshSnapshot,
  policies: readonly PolicyInForce[],
): IdentityRule[] {
  return decidingPolicies(policies).flatMap(policy =>
    policy.rules.flatMap(rule => {
      const asked = identityIn(rule);
      return asked.length === 0
        ? []
        : [
            {
              at: settingOf(snapshot, policy.object, asked[0].path),
              evadable: asked.some(wanted => isEvadable(policy, wanted)),
            },
          ];
    }),
  );
}

/** Rules of ALLOW policies without any condition. */
export function openRules(
  snapshot: MeshSnapshot,
  policies: readonly PolicyInForce[],
): SettingSource[] {
  return decidingPolicies(policies)
    .filter(({ action }) => action === 'ALLOW')
    .flatMap(({ object, rules }) =>
      rules.filter(isOpen).map(({ path }) => settingOf(snapshot, object, path)),
    );
}

function decidingPolicies(policies: readonly PolicyInForce[]): AccessPolicy[] {
  return policies
    .map(({ policy }) => policy)
    .filter(
      ({ action, dryRun }) =>
        !dryRun && (action === 'ALLOW' || action === 'DENY'),
    );
}

function identityIn({ from, when }: AccessRule): Wanted[] {
  return [
    ...from.flatMap(fields => FIELDS.flatMap(name => fields.get(name) ?? [])),
    ...when.filter(({ key }) => KEYS.has(key)),
  ];
}

/** Without an identity nothing matches what is wanted, and everything what is not. */
function isEvadable(
  { action }: AccessPolicy,
  { values, notValues }: Wanted,
): boolean {
  return action === 'DENY'
    ? values.length > 0
    : notValues.length > 0 && values.length === 0;
}

function isOpen({ from, to, when, unreadable }: AccessRule): boolean {
  return (
    !unreadable &&
    [...from, ...to].every(fields => fields.size === 0) &&
    when.every(
      ({ values, notValues }) => values.length + notValues.length === 0,
    )
  );
}
