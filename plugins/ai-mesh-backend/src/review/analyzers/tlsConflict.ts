import type { SettingSource } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { removeValue, stepsOf } from '../../manifest';
import type { Analyzer } from '../Analyzer';
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
            ? `${placeOf(policy, server.decidedBy!.path)} says ${server.mode}`
            : `the called side takes ${server.mode === 'NO_PROXY' ? 'no mutual TLS, having no proxy' : server.mode}`,
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
        // Without a block of its own the caller does what the called side wants.
        fix: {
          object,
          operations: removeValue(
            object,
            stepsOf(at.path.replace(/\.mode$/, '')),
          ),
        },
      };
    }
  },
};

function policyOf(snapshot: MeshSnapshot, { object }: SettingSource) {
  return snapshot.get(
    'PeerAuthentication',
    object.namespace ?? '',
    object.name,
  );
}
