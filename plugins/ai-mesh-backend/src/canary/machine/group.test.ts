import { wording, type CanaryState } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { inBothLanguages } from '../gates/__testUtils__/inBothLanguages';
import { aCanary } from './__testUtils__/aCanary';
import type { CanaryProgress, CanaryRecord } from './CanaryRecord';
import { act } from './act';
import { actionsIn } from './actionsIn';
import { decideInGroup, isActive, turnBack } from './group';
import { nextOf } from './next';

const CLUSTERS = ['a', 'b', 'c'];
const at = new Date('2025-06-01T13:00:00Z');

function member(
  cluster: string,
  state: CanaryState,
  order: 'together' | 'one-after-another' = 'one-after-another',
  progress: Partial<CanaryProgress> = {},
): CanaryRecord {
  const record = aCanary();
  return {
    ...record,
    id: cluster,
    state,
    service: { ...record.service, cluster },
    group: { id: 'g', order, clusters: CLUSTERS },
    progress: { ...record.progress, ...progress },
  };
}

const turned = { turnedBack: true } as const;

describe('decideInGroup', () => {
  it.each<[CanaryRecord, CanaryRecord[], object]>([
    [member('a', 'approved'), [member('b', 'approved')], { decision: 'go' }],
    [
      member('b', 'approved'),
      [member('a', 'approved'), member('c', 'approved')],
      { decision: 'wait', cluster: 'a' },
    ],
    [
      member('b', 'approved'),
      [member('a', 'paused')],
      { decision: 'wait', cluster: 'a' },
    ],
    [member('b', 'approved'), [member('a', 'promoted')], { decision: 'go' }],
    [
      member('c', 'approved'),
      [member('a', 'promoted'), member('b', 'progressing')],
      { decision: 'wait', cluster: 'b' },
    ],
    // Of one that is not there nothing is known.
    [member('b', 'approved'), [], { decision: 'wait', cluster: 'a' }],
    [
      member('b', 'approved'),
      [member('a', 'failed')],
      { decision: 'stop', cluster: 'a' },
    ],
    [
      member('b', 'approved', 'together'),
      [member('a', 'approved', 'together')],
      { decision: 'go' },
    ],
    [
      member('b', 'approved', 'together'),
      [member('a', 'rollingBack', 'together', turned)],
      { decision: 'stop', cluster: 'a' },
    ],
    [
      member('a', 'progressing'),
      [member('b', 'rolledBack', undefined, turned)],
      { decision: 'turnBack', cluster: 'b' },
    ],
    [
      member('a', 'promoted'),
      // Its own roll-back was stopped by what somebody else had changed.
      [member('b', 'paused', undefined, turned)],
      { decision: 'turnBack', cluster: 'b' },
    ],
    [
      member('a', 'promoted', undefined, { leftAsItIs: 'because' }),
      [member('b', 'rolledBack', undefined, turned)],
      { decision: 'go' },
    ],
    [
      member('a', 'promoted', undefined, {
        cleanUp: {
          status: 'done',
          workloads: [],
          promotedAt: at.toISOString(),
        },
      }),
      [member('b', 'rolledBack', undefined, turned)],
      {
        decision: 'leave',
        cluster: 'b',
        why: wording('group.scaledDown'),
      },
    ],
    // A start that fails has hurt nobody.
    [member('a', 'promoted'), [member('b', 'failed')], { decision: 'go' }],
    [
      member('a', 'progressing'),
      [member('b', 'cancelled')],
      { decision: 'go' },
    ],
  ])('case %#', (record, others, decision) => {
    expect(decideInGroup(record, others)).toEqual(decision);
  });

  const states: CanaryState[] = [
    'requested',
    'approved',
    'progressing',
    'paused',
    'rollingBack',
    'promoted',
    'rejected',
    'cancelled',
    'expired',
    'failed',
    'rolledBack',
  ];
  const members = fc
    .record({
      order: fc.constantFrom('together', 'one-after-another'),
      states: fc.tuple(...CLUSTERS.map(() => fc.constantFrom(...states))),
      turned: fc.tuple(...CLUSTERS.map(() => fc.boolean())),
    })
    .map(({ order, states: chosen, turned: back }) =>
      CLUSTERS.map((cluster, i) =>
        member(
          cluster,
          chosen[i],
          order as 'together',
          back[i] || ['rollingBack', 'rolledBack'].includes(chosen[i])
            ? turned
            : {},
        ),
      ),
    );
  const each = (all: CanaryRecord[]) =>
    all.map(record => ({
      record,
      others: all.filter(other => other !== record),
    }));

  it('starts nothing while one before it is not promoted, and nothing at all once one was turned back', () => {
    fc.assert(
      fc.property(members, all => {
        const starting = each(all).filter(
          ({ record, others }) =>
            record.state === 'approved' &&
            decideInGroup(record, others).decision === 'go',
        );
        for (const { record, others } of starting) {
          expect(others.some(({ progress }) => progress.turnedBack)).toBe(
            false,
          );
          const before = all
            .slice(0, all.indexOf(record))
            .map(({ state }) => state);
          expect(
            record.group?.order === 'together' ||
              before.every(state => state === 'promoted'),
          ).toBe(true);
        }
      }),
    );
  });

  it('takes back whatever runs or is promoted once another was turned back, in whatever order they are asked', () => {
    fc.assert(
      fc.property(members, fc.boolean(), (all, backwards) => {
        for (const { record, others } of each(all)) {
          const asked = backwards ? [...others].reverse() : others;
          expect(decideInGroup(record, asked).decision === 'turnBack').toBe(
            ['progressing', 'paused', 'promoted'].includes(record.state) &&
              !record.progress.turnedBack &&
              others.some(({ progress }) => progress.turnedBack),
          );
        }
      }),
    );
  });

  it('takes each back once', () => {
    fc.assert(
      fc.property(members, all => {
        const going = each(all).filter(
          ({ record, others }) =>
            decideInGroup(record, others).decision === 'turnBack',
        );
        for (const { record, others } of going) {
          const back = turnBack(record, 'x', at).record;
          expect(back.endedAt).toBeUndefined();
          expect(isActive(back)).toBe(true);
          expect(decideInGroup(back, others)).toEqual({ decision: 'go' });
          expect(decideInGroup({ ...back, state: 'paused' }, others)).toEqual({
            decision: 'go',
          });
        }
      }),
    );
  });
});

describe('one of a group', () => {
  it('says what it waits for', () => {
    expect(inBothLanguages(nextOf(member('b', 'approved')))).toEqual({
      action: 'wait-for-cluster',
      message: "Starts when the canary in cluster 'a' is promoted.",
    });
    expect(nextOf(member('a', 'approved')).action).toBe('start');
    expect(nextOf(member('b', 'approved', 'together')).action).toBe('start');
  });

  it('can be rolled back after its promotion, but asks before it overwrites', () => {
    const promoted = member('a', 'promoted');
    expect(actionsIn(promoted, at)).toEqual(['rollBack']);
    const { record } = act(
      promoted,
      { action: 'rollBack', reason: 'because' },
      'user:default/anna',
      at,
    );
    expect(record).toMatchObject({
      state: 'rollingBack',
      progress: { move: { kind: 'restore', asked: true }, turnedBack: true },
    });
    expect(record.progress.move?.overDrift).toBeUndefined();
  });

  it('cannot once its old version is scaled down, nor by itself', () => {
    const cleanUp = {
      status: 'done' as const,
      workloads: [],
      promotedAt: at.toISOString(),
    };
    expect(
      actionsIn(member('a', 'promoted', 'together', { cleanUp }), at),
    ).toEqual([]);
    const { group, ...alone } = member('a', 'promoted');
    expect(actionsIn(alone, at)).toEqual([]);
  });
});
