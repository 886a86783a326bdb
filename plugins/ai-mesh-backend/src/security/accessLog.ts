import type {
  SettingSource,
  TelemetrySettings,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { settingOf } from './serverMtls';
import {
  isForServer,
  providerNames,
  type TelemetryLevel,
} from './telemetryEntries';

interface Logging {
  disabled: boolean;
  filter: string | undefined;
  from: SettingSource;
}

/** Stands for the mesh's default provider, whose name is not in any Telemetry. */
const DEFAULT = '';

/**
 * What is logged of requests. A level that speaks of access logs replaces the ones above it, provider by provider;
 * one that names no provider means those that are in use.
 */
export function accessLog(
  snapshot: MeshSnapshot,
  levels: readonly TelemetryLevel[],
): TelemetrySettings['accessLog'] {
  let inUse = new Map<string, Logging>();
  for (const { object, spec } of levels) {
    const entries = spec.at('accessLogging').list().filter(isForServer);
    if (entries.length === 0) {
      continue;
    }
    const before = inUse.size > 0 ? [...inUse.keys()] : [DEFAULT];
    const explicit = entries.some(entry => providerNames(entry).length > 0);
    const now = explicit ? new Map<string, Logging>() : new Map(inUse);
    for (const entry of entries) {
      const named = providerNames(entry);
      for (const provider of named.length > 0 ? named : before) {
        now.set(provider, {
          disabled: entry.at('disabled').flag() ?? false,
          filter: entry.at('filter').at('expression').text(),
          from: settingOf(snapshot, object, entry.path),
        });
      }
    }
    inUse = now;
  }
  const all = [...inUse.values()];
  if (all.length === 0) {
    return { status: 'mesh-default', providers: [] };
  }
  const on = all.filter(({ disabled }) => !disabled);
  const open = on.find(({ filter }) => filter === undefined);
  const decides = open ?? on[0] ?? all[0];
  const filtered = on.length > 0 && !open;
  const whenOn = filtered ? 'filtered' : 'all';
  return {
    status: on.length === 0 ? 'off' : whenOn,
    ...(filtered && { filter: decides.filter }),
    providers: [...inUse]
      .filter(([name, { disabled }]) => name !== DEFAULT && !disabled)
      .map(([name]) => name),
    from: decides.from,
  };
}
