import {
  Measured,
  unknown,
  wording,
  wordsOf,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
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
  const state = snapshot.state(kind);
  const why = wordsOf(state);
  const or = (words: Words) => (why.length > 0 ? why : [words]);
  switch (state.status) {
    case 'synced':
    case 'stale':
      return undefined;
    case 'forbidden':
      return unknown('forbidden', why.length > 0 ? why : undefined);
    case 'not-served':
      return unknown(
        'not-configured',
        or(wording('kube.notServed', { cluster: snapshot.cluster, kind })),
      );
    case 'syncing':
    case 'unreachable':
    default:
      return unknown(
        'source-unreachable',
        or(wording('kube.notYet', { cluster: snapshot.cluster, kind })),
      );
  }
}
