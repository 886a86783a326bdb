import {
  said,
  wording,
  type MtlsNote,
  type ProxyMode,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { objectName } from '../routes/objectRef';
import type { PeerLevels } from './peerLevels';
import { peerSettings, settingOf } from './serverMtls';
import type { PeerPolicy } from './PeerPolicy';
import { aboutUnreadable } from '../routes/aboutSetting';

/** What a person should know about the PeerAuthentications of a workload with these ports. */
export function mtlsNotes(
  snapshot: MeshSnapshot,
  proxy: ProxyMode,
  levels: PeerLevels,
  ports: readonly number[],
): MtlsNote[] {
  const applied = [levels.workload, levels.namespace, levels.mesh];
  return [
    ...applied.flatMap(policies => several(snapshot, policies)),
    ...[...levels.namespace, ...levels.mesh].flatMap(policy =>
      portWithoutSelector(snapshot, policy),
    ),
    ...levels.workload
      .slice(0, 1)
      .flatMap(policy => portNotListenedOn(snapshot, policy, ports)),
    ...(proxy === 'ambient' ? ambientDisable(snapshot, levels, ports) : []),
    ...levels.ignored.map(policy => selectorInRoot(snapshot, policy)),
    ...applied.flat().flatMap(policy => unreadable(snapshot, policy)),
  ];
}

function several(
  snapshot: MeshSnapshot,
  policies: readonly PeerPolicy[],
): MtlsNote[] {
  if (policies.length < 2) {
    return [];
  }
  const [counts, ...others] = policies.map(({ object }) => objectName(object));
  return [
    {
      kind: 'several-policies',
      ...said(
        wording(
          others.length > 1 ? 'mtls.severalPolicies' : 'mtls.twoPolicies',
          { object: counts, others: others.join(', ') },
        ),
      ),
      at: policies.map(({ object }) =>
        settingOf(snapshot, object, 'spec.selector'),
      ),
    },
  ];
}

function portWithoutSelector(
  snapshot: MeshSnapshot,
  { object, ports }: PeerPolicy,
): MtlsNote[] {
  return ports.size === 0
    ? []
    : [
        {
          kind: 'port-without-selector',
          ...said(
            wording('mtls.portWithoutSelector', { object: objectName(object) }),
          ),
          at: [settingOf(snapshot, object, 'spec.portLevelMtls')],
        },
      ];
}

function portNotListenedOn(
  snapshot: MeshSnapshot,
  policy: PeerPolicy,
  ports: readonly number[],
): MtlsNote[] {
  return [...policy.ports.keys()]
    .filter(port => !ports.includes(port))
    .map(port => ({
      kind: 'port-not-listened-on',
      ...said(
        wording('mtls.portNotListenedOn', {
          object: objectName(policy.object),
          port,
        }),
      ),
      at: [settingOf(snapshot, policy.object, `spec.portLevelMtls.${port}`)],
    }));
}

function ambientDisable(
  snapshot: MeshSnapshot,
  levels: PeerLevels,
  ports: readonly number[],
): MtlsNote[] {
  const notes = new Map<string, MtlsNote>();
  for (const { policy, path, mode } of ports.flatMap(port =>
    peerSettings(levels, port),
  )) {
    if (mode === 'DISABLE') {
      notes.set(`${objectName(policy.object)} ${path}`, {
        kind: 'ambient-disable',
        ...said(
          wording('mtls.ambientDisable', { object: objectName(policy.object) }),
        ),
        at: [settingOf(snapshot, policy.object, path)],
      });
    }
  }
  return [...notes.values()];
}

function selectorInRoot(
  snapshot: MeshSnapshot,
  { object }: PeerPolicy,
): MtlsNote {
  return {
    kind: 'selector-in-root',
    ...said(wording('mtls.selectorInRoot', { object: objectName(object) })),
    at: [settingOf(snapshot, object, 'spec.selector')],
  };
}

function unreadable(snapshot: MeshSnapshot, policy: PeerPolicy): MtlsNote[] {
  return policy.unreadable.map(({ path, expected }) => {
    const setting = settingOf(snapshot, policy.object, path);
    return {
      kind: 'unreadable',
      ...said(aboutUnreadable('unreadable.isNot', setting, expected)),
      at: [setting],
    };
  });
}
