import {
  said,
  type AppliedPolicy,
  type IneffectivePlace,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { objectRef } from '../../routes/objectRef';
import { settingOf } from '../serverMtls';
import type { ReportedPolicy } from './enforcedPolicies';

export function describePolicies(
  snapshot: MeshSnapshot,
  policies: readonly ReportedPolicy[],
): AppliedPolicy[] {
  return policies.map(({ policy, scope, effect }) => ({
    object: objectRef(snapshot, policy.object),
    action: policy.action ?? 'ALLOW',
    scope,
    rules: policy.rules.length,
    dryRun: policy.dryRun,
    effect,
  }));
}

/** What of the policies does not do what it says; of a dry run nobody expects that. */
export function ineffectivePlaces(
  snapshot: MeshSnapshot,
  policies: readonly ReportedPolicy[],
): IneffectivePlace[] {
  return policies
    .filter(({ policy }) => !policy.dryRun)
    .flatMap(({ policy, ineffective }) =>
      ineffective.map(({ path, why, words, fields = [] }) => ({
        ...settingOf(snapshot, policy.object, path),
        why,
        fields: [...fields],
        ...said(...words),
      })),
    );
}
