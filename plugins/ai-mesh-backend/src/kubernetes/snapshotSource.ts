import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshKind } from './kinds';
import { kindTable, qualifiedResource } from './kindTable';
import type { KindState, MeshSnapshot } from './MeshSnapshot';

/** How the cluster's API did for a snapshot, over all kinds that it serves: one row of an answer's sources. */
export function snapshotSource(snapshot: MeshSnapshot): Source {
  const row = { name: 'kubernetes' as const, cluster: snapshot.cluster };
  const states = kindTable
    .map(({ kind }) => ({ kind, ...snapshot.state(kind) }))
    .filter(({ status }) => status !== 'not-served');
  const readable = states.filter(
    ({ status }) => status === 'synced' || status === 'stale',
  );
  const missing = states.filter(state => !readable.includes(state));
  const messages = whyMissing(snapshot.cluster, missing);
  const message = messages.length > 0 && { message: messages.join(' ') };
  const oldest = readable
    .flatMap(({ observedAt }) => observedAt ?? [])
    .sort((a, b) => a.getTime() - b.getTime())[0];
  const observedAt = oldest && { observedAt: oldest.toISOString() };
  if (readable.length === 0) {
    return {
      ...row,
      status:
        states.length > 0 &&
        states.every(({ status }) => status === 'forbidden')
          ? 'forbidden'
          : 'unreachable',
      ...message,
    };
  }
  if (readable.some(({ status }) => status === 'stale')) {
    const stale = readable.find(({ status }) => status === 'stale')!;
    return {
      ...row,
      status: 'stale',
      ...observedAt,
      message: [
        stale.message ??
          `Cluster '${snapshot.cluster}' has not been heard from for too long.`,
        ...messages,
      ].join(' '),
    };
  }
  return {
    ...row,
    status: missing.length > 0 ? 'partial' : 'ok',
    ...observedAt,
    ...message,
  };
}

type MissingKind = KindState & { kind: MeshKind };

/** What a whole cluster suffers from is the same for every kind and said once; and so are missing rights. */
function whyMissing(
  cluster: string,
  missing: readonly MissingKind[],
): string[] {
  const forbidden = missing.filter(({ status }) => status === 'forbidden');
  const rights = distinctMessages(forbidden);
  if (rights.length < 3) {
    return distinctMessages(missing);
  }
  const resources = kindTable
    .filter(({ kind }) => forbidden.some(state => state.kind === kind))
    .map(qualifiedResource);
  return [
    `The portal may not list ${resources.join(', ')} on the cluster '${cluster}'. Give its account a ClusterRole with the verbs get, list and watch on them.`,
    ...distinctMessages(missing.filter(state => !forbidden.includes(state))),
  ];
}

function distinctMessages(states: readonly MissingKind[]): string[] {
  return [
    ...new Set(
      states.map(
        ({ kind, status, message }) => message ?? withoutMessage(kind, status),
      ),
    ),
  ];
}

function withoutMessage(kind: string, status: KindState['status']): string {
  return status === 'forbidden'
    ? `${kind}s may not be listed.`
    : `${kind}s have not been listed yet.`;
}
