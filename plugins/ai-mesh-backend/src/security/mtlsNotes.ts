import type { MtlsNote, ProxyMode } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { objectName } from '../routes/objectRef';
import type { PeerLevels } from './peerLevels';
import { peerSettings, settingOf } from './serverMtls';
import type { PeerPolicy } from './PeerPolicy';

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
      message: `${counts} counts, being the oldest; ${others.join(', ')} at the same level ${others.length > 1 ? 'have' : 'has'} no effect.`,
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
          message: `portLevelMtls of ${objectName(object)} has no effect: it needs a selector.`,
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
      message: `portLevelMtls of ${objectName(policy.object)} names port ${port}, to which no port of the Service leads; its keys are ports of the workload, not of the Service.`,
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
        message: `${objectName(policy.object)} says DISABLE, which ambient mode does not honour: ztunnel goes on taking mutual TLS and plaintext.`,
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
    message: `${objectName(object)} selects workloads from the mesh's root namespace, where Istio does not look for such policies: it has no effect.`,
    at: [settingOf(snapshot, object, 'spec.selector')],
  };
}

function unreadable(snapshot: MeshSnapshot, policy: PeerPolicy): MtlsNote[] {
  return policy.unreadable.map(({ path, expected }) => ({
    kind: 'unreadable',
    message: `${path} of ${objectName(policy.object)} is not ${expected}.`,
    at: [settingOf(snapshot, policy.object, path)],
  }));
}
