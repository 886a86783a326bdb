import type {
  PortMtls,
  ProxyMode,
  ServerMode,
  SettingSource,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import { objectRef } from '../routes/objectRef';
import type { PeerLevels } from './peerLevels';
import type { PeerPolicy, WrittenMode } from './PeerPolicy';

/** What the called side accepts on one port, and which setting says so. */
export type ServerMtls = Pick<PortMtls, 'mode' | 'level' | 'decidedBy'>;

/** A place in a policy that may decide about a port. */
export interface PeerSetting {
  readonly level: Exclude<PortMtls['level'], 'default'>;
  readonly policy: PeerPolicy;
  readonly path: string;
  readonly mode: WrittenMode;
}

/** What a workload accepts on a port: the narrowest level that says anything decides, and nobody means PERMISSIVE. */
export function serverMtls(
  snapshot: MeshSnapshot,
  proxy: ProxyMode,
  levels: PeerLevels,
  port: number,
): ServerMtls {
  if (proxy === 'none') {
    return { mode: 'NO_PROXY', level: 'default' };
  }
  const missing = unknownKind(snapshot, 'PeerAuthentication');
  // A cluster that does not serve the kind has no policies.
  if (missing?.status === 'unknown' && missing.reason !== 'not-configured') {
    return { mode: 'UNKNOWN', level: 'default' };
  }
  const setting = peerSettings(levels, port).find(
    ({ mode }) => mode !== 'inherit',
  );
  if (!setting) {
    return { mode: 'PERMISSIVE', level: 'default' };
  }
  const { level, policy, path, mode } = setting;
  return {
    mode: modeOf(mode, proxy),
    level,
    decidedBy: settingOf(snapshot, policy.object, path),
  };
}

/** The settings for a port, the narrowest first. */
export function peerSettings(levels: PeerLevels, port: number): PeerSetting[] {
  const settings: PeerSetting[] = [];
  const portMode = levels.workload[0]?.ports.get(port);
  if (portMode) {
    settings.push({
      level: 'port',
      policy: levels.workload[0],
      path: `spec.portLevelMtls.${port}.mode`,
      mode: portMode,
    });
  }
  for (const level of ['workload', 'namespace', 'mesh'] as const) {
    const policy = levels[level][0];
    if (policy) {
      settings.push({
        level,
        policy,
        path: 'spec.mtls.mode',
        mode: policy.mode,
      });
    }
  }
  return settings;
}

/** ztunnel takes plaintext and tunnels alike where a policy says DISABLE: mutual TLS cannot be switched off there. */
function modeOf(mode: WrittenMode, proxy: ProxyMode): ServerMode {
  if (mode === 'unreadable' || mode === 'inherit') {
    return 'UNKNOWN';
  }
  return proxy === 'ambient' && mode === 'DISABLE' ? 'PERMISSIVE' : mode;
}

export function settingOf(
  snapshot: MeshSnapshot,
  object: ConfigObject,
  path: string,
): SettingSource {
  return { object: objectRef(snapshot, object), path };
}
