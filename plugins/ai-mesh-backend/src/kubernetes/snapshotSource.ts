import {
  allSaid,
  said,
  wording,
  type Source,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
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
  const message = allSaid(...messages);
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
      ...allSaid(
        stale.message === undefined
          ? said(wording('kube.silent', { cluster: snapshot.cluster }))
          : stale,
        ...messages,
      ),
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
): Sentences[] {
  const forbidden = missing.filter(({ status }) => status === 'forbidden');
  const rights = distinctMessages(forbidden);
  if (rights.length < 3) {
    return distinctMessages(missing);
  }
  const resources = kindTable
    .filter(({ kind }) => forbidden.some(state => state.kind === kind))
    .map(qualifiedResource);
  return [
    said(
      wording('kube.mayNotListMany', {
        cluster,
        resources: resources.join(', '),
      }),
    ),
    ...distinctMessages(missing.filter(state => !forbidden.includes(state))),
  ];
}

function distinctMessages(states: readonly MissingKind[]): Sentences[] {
  const all = states.map(({ kind, status, message, words }) =>
    message === undefined
      ? said(
          wording(
            status === 'forbidden' ? 'kube.mayNotBeListed' : 'kube.notListed',
            { kind },
          ),
        )
      : { message, words },
  );
  return [...new Map(all.map(one => [one.message, one])).values()];
}
