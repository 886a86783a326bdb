import {
  wording,
  type MtlsConflict,
  type SettingSource,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { removeValue, setValue, stepsOf } from '../../manifest';
import { wordingWith } from '../../worded';
import type { Analyzer, Fix } from '../Analyzer';
import type { SecurityFacts } from '../ReviewSubject';
import { placeOf } from '../subjectRules';

/** AIM403: a DestinationRule and what the called side takes refuse each other. */
export const tlsConflict: Analyzer = {
  codes: ['AIM403'],
  needs: ['PeerAuthentication', 'DestinationRule'],
  *analyze({ snapshot, security }) {
    for (const { client, server, callerNamespaces } of security.mtls
      .conflicts) {
      const at = client.decidedBy;
      const object =
        at &&
        snapshot.get(
          'DestinationRule',
          at.object.namespace ?? '',
          at.object.name,
        );
      if (!object) {
        continue;
      }
      const policy = server.decidedBy && policyOf(snapshot, server.decidedBy);
      yield {
        key: 'AIM403',
        object,
        path: at.path,
        params: {
          place: placeOf(object, at.path),
          callers: callerNamespaces.join(', '),
          client: client.mode,
          server: policy
            ? wordingWith('found.says', {
                place: placeOf(policy, server.decidedBy!.path),
                mode: server.mode,
              })
            : sideTakes(server.mode),
        },
        related: policy ? [policy] : [],
        evidence: [
          client.decidedBy!,
          ...(server.decidedBy ? [server.decidedBy] : []),
        ].map(setting => ({
          from: 'configuration' as const,
          message: setting.path,
          at: setting,
        })),
        ...fixFor(security, { client, server }, object, policy),
      };
    }
  },
};

function sideTakes(mode: MtlsConflict['server']['mode']): Words {
  return mode === 'NO_PROXY'
    ? wording('found.sideHasNoProxy')
    : wording('found.sideTakes', { mode });
}

function policyOf(snapshot: MeshSnapshot, { object }: SettingSource) {
  return snapshot.get(
    'PeerAuthentication',
    object.namespace ?? '',
    object.name,
  );
}

/** Brings both sides to mutual TLS, wherever the called side can have it. */
function fixFor(
  { identityRules }: SecurityFacts,
  { client, server }: Pick<MtlsConflict, 'client' | 'server'>,
  rule: ConfigObject,
  policy: ConfigObject | undefined,
): { fix?: Fix } {
  const block = stepsOf(client.decidedBy!.path.replace(/\.mode$/, ''));
  if (server.mode === 'STRICT') {
    // Whatever else the block says is for other modes.
    return {
      fix: {
        object: rule,
        operations: setValue(rule, block, { mode: 'ISTIO_MUTUAL' }),
      },
    };
  }
  if (policy) {
    const at = server.decidedBy!.path.replace(/\.mode$/, '');
    return {
      fix: {
        object: policy,
        operations: setValue(policy, stepsOf(`${at}.mode`), 'PERMISSIVE'),
      },
    };
  }
  // In plaintext no rule can know who calls: that would open or shut what a policy guards.
  return identityRules.length > 0
    ? {}
    : { fix: { object: rule, operations: removeValue(rule, block) } };
}
