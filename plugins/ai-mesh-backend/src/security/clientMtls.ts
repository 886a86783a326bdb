import type { ClientMtls, ProxyMode } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import { tlsForPort, type TlsSetting } from './ClientTlsRules';
import {
  callerDestinationRules,
  type CallerScope,
} from './callerDestinationRules';
import { settingOf } from './serverMtls';

export interface ClientMtlsQuestion {
  readonly caller: CallerScope & { readonly proxy: ProxyMode };
  /** Full host name of the called service. */
  readonly host: string;
  /** The Service's port. */
  readonly port: number;
  readonly subset?: string;
  /** The mesh's `enableAutoMtls`, which is on unless somebody switched it off. */
  readonly autoMtls: boolean;
}

/** What a caller sends to a port of a service, and which DestinationRule says so. */
export function clientMtls(
  snapshot: MeshSnapshot,
  question: ClientMtlsQuestion,
): ClientMtls {
  const { caller, host, port, subset, autoMtls } = question;
  if (caller.proxy === 'none') {
    return { mode: 'PLAINTEXT' };
  }
  if (caller.proxy === 'ambient') {
    // ztunnel does not read DestinationRules: it tunnels to whatever can take a tunnel.
    return { mode: 'AUTO' };
  }
  const missing = unknownKind(snapshot, 'DestinationRule');
  if (missing?.status === 'unknown' && missing.reason !== 'not-configured') {
    return { mode: 'UNKNOWN' };
  }
  const setting = tlsSettingFor(snapshot, caller, host, port, subset);
  if (setting) {
    return {
      mode: setting.mode,
      decidedBy: settingOf(snapshot, setting.object, setting.path),
    };
  }
  if (caller.proxy === 'unknown') {
    return { mode: 'UNKNOWN' };
  }
  return { mode: autoMtls ? 'AUTO' : 'PLAINTEXT' };
}

/** A subset's setting over the rule's own; of merged rules the first that has a policy, or the subset, counts. */
function tlsSettingFor(
  snapshot: MeshSnapshot,
  caller: CallerScope,
  host: string,
  port: number,
  subset: string | undefined,
): TlsSetting | undefined {
  const rules = callerDestinationRules(snapshot, caller, host);
  const ofSubset =
    subset === undefined
      ? undefined
      : rules
          .flatMap(({ subsets }) => subsets)
          .find(({ name }) => name === subset)?.policy;
  const own = rules.find(({ policy }) => policy)?.policy;
  return tlsForPort(ofSubset, own, port);
}

/** The subsets whose callers' TLS is set apart from the rule's own. */
export function subsetsWithTls(
  snapshot: MeshSnapshot,
  caller: CallerScope,
  host: string,
): { name: string; labels: Readonly<Record<string, string>> }[] {
  const seen = new Set<string>();
  return callerDestinationRules(snapshot, caller, host)
    .flatMap(({ subsets }) => subsets)
    .filter(({ name }) => !seen.has(name) && seen.add(name))
    .filter(
      ({ policy }) =>
        // A port's settings without a TLS block of their own switch the rule's off.
        policy?.own !== undefined || (policy?.ports.size ?? 0) > 0,
    )
    .map(({ name, labels }) => ({ name, labels }));
}
