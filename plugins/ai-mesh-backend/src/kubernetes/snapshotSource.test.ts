import { snapshotOf } from './__testUtils__/snapshotOf';
import { kindTable } from './kindTable';
import type { KindState } from './MeshSnapshot';
import { snapshotSource } from './snapshotSource';

const early = new Date('2026-01-01T00:00:00Z');
const late = new Date('2026-01-01T00:01:00Z');

function everyKind(state: KindState) {
  return Object.fromEntries(kindTable.map(({ kind }) => [kind, state]));
}

describe('snapshotSource', () => {
  it('is as old as its oldest part', () => {
    const snapshot = snapshotOf(
      {},
      {
        cluster: 'east',
        states: {
          ...everyKind({ status: 'synced', observedAt: late }),
          Pod: { status: 'synced', observedAt: early },
        },
      },
    );
    expect(snapshotSource(snapshot)).toEqual({
      name: 'kubernetes',
      cluster: 'east',
      status: 'ok',
      observedAt: early.toISOString(),
    });
  });

  it('does not mind a kind that the cluster has no API for', () => {
    const snapshot = snapshotOf(
      {},
      { states: { HTTPRoute: { status: 'not-served' } } },
    );
    expect(snapshotSource(snapshot).status).toBe('ok');
  });

  it.each<[string, KindState, string, string]>([
    [
      'may not be listed',
      { status: 'forbidden', message: 'No list on pods.' },
      'partial',
      'No list on pods.',
    ],
    ['is not listed yet', { status: 'syncing' }, 'partial', 'Pods have not'],
    [
      'has gone silent',
      { status: 'stale', observedAt: early },
      'stale',
      'not been heard from',
    ],
  ])('shows that a kind %s', (_, state, status, message) => {
    const source = snapshotSource(snapshotOf({}, { states: { Pod: state } }));
    expect(source.status).toBe(status);
    expect(source.message).toContain(message);
  });

  it.each<[KindState, string]>([
    [{ status: 'unreachable', message: 'connection refused' }, 'unreachable'],
    [{ status: 'syncing' }, 'unreachable'],
    [{ status: 'forbidden', message: 'Wrong token.' }, 'forbidden'],
  ])('has nothing when every kind is %j', (state, status) => {
    const source = snapshotSource(snapshotOf({}, { states: everyKind(state) }));
    expect(source.status).toBe(status);
    expect(source.observedAt).toBeUndefined();
  });

  it('says once which rights are missing, however many', () => {
    const states = Object.fromEntries(
      kindTable.map(({ kind }) => [
        kind,
        { status: 'forbidden' as const, message: `No right to ${kind}.` },
      ]),
    );
    const { message } = snapshotSource(snapshotOf({}, { states }));
    expect(message).toMatch(
      /^The portal may not list namespaces, services, pods, .*, grpcroutes\.gateway\.networking\.k8s\.io on the cluster 'test'\. Give/,
    );
    expect(message).not.toContain('No right to');
  });
});
