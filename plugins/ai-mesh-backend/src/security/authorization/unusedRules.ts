import {
  known,
  said,
  wording,
  type Authorization,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { settingOf } from '../serverMtls';
import type { CallQuestion } from './CallRequest';
import type { ReportedPolicy } from './enforcedPolicies';
import type { TrustDomains } from './Enforcer';
import { matchCaller } from './matchRule';

/**
 * Rules of ALLOW policies that none of the callers could have matched. Policies for a whole namespace or mesh are left
 * out: they may be meant for other services.
 */
export function unusedRules(
  snapshot: MeshSnapshot,
  policies: readonly ReportedPolicy[],
  trust: TrustDomains,
  callers: Measured<readonly CallQuestion[]>,
): Authorization['unusedRules'] {
  if (callers.status === 'unknown') {
    return callers;
  }
  return known(
    policies
      .filter(({ scope }) => scope === 'workload' || scope === 'target')
      .filter(
        ({ policy, effect }) =>
          policy.action === 'ALLOW' && !policy.dryRun && effect !== 'none',
      )
      .flatMap(({ policy, enforcedBy }) =>
        policy.rules
          .filter(rule =>
            callers.value.every(
              caller =>
                matchCaller(rule, {
                  // What a token says is not known of past requests.
                  request: {
                    ...caller,
                    requestPrincipal: undefined,
                    tcp: false,
                  },
                  action: 'ALLOW',
                  policyNamespace: policy.object.metadata.namespace ?? '',
                  enforcer: { proxy: enforcedBy, trust },
                }) === 'no',
            ),
          )
          .map(rule => ({
            ...settingOf(snapshot, policy.object, rule.path),
            ...said(wording('access.unusedRule')),
          })),
      ),
  );
}
