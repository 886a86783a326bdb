import { Measured, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshKind } from './kinds';
import type { MeshSnapshot } from './MeshSnapshot';

/**
 * Why a snapshot cannot say anything of a kind, or undefined where it can.
 * A stale kind can: the snapshot's age is told elsewhere.
 */
export function unknownKind(
  snapshot: MeshSnapshot,
  kind: MeshKind,
): Measured<never> | undefined {
  const { status, message } = snapshot.state(kind);
  switch (status) {
    case 'synced':
    case 'stale':
      return undefined;
    case 'forbidden':
      return unknown('forbidden', message);
    case 'not-served':
      return unknown(
        'not-configured',
        message ?? `Cluster '${snapshot.cluster}' does not serve ${kind}.`,
      );
    case 'syncing':
    case 'unreachable':
    default:
      return unknown(
        'source-unreachable',
        message ??
          `Cluster '${snapshot.cluster}' has not answered for ${kind} yet.`,
      );
  }
}
