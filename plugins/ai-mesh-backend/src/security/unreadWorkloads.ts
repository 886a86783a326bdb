import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';

type Unknown = Extract<Measured<never>, { status: 'unknown' }>;

/** Why it is not known which workloads stand behind a service; undefined: it is. */
export function unreadWorkloads(snapshot: MeshSnapshot): Unknown | undefined {
  for (const kind of ['Service', 'Pod'] as const) {
    const missing = unknownKind(snapshot, kind);
    if (missing?.status === 'unknown') {
      return missing;
    }
  }
  return undefined;
}
