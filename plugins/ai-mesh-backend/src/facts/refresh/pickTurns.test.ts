import type { FactTurn } from '../store/StoredFacts';
import { ChangedPlaces } from './ChangedPlaces';
import { nextTurn, pickTurns, shareOf } from './pickTurns';

const now = new Date('2026-11-27T12:00:00.000Z');
const PERIOD_MS = 900_000;

function turn(entityRef: string, more: Partial<FactTurn> = {}): FactTurn {
  return {
    entityRef,
    dueAt: '2026-11-27T12:10:00.000Z',
    observedAt: '2026-11-27T11:55:00.000Z',
    places: [],
    ...more,
  };
}

const pick = (
  turns: FactTurn[],
  { most = 10, changed = [] as string[] } = {},
) =>
  pickTurns(turns, {
    now,
    periodMs: PERIOD_MS,
    most,
    isChanged: ({ entityRef }) => changed.includes(entityRef),
  }).map(({ entityRef }) => entityRef);

describe('pickTurns', () => {
  it('takes what changed first, then what is new, then what has waited longest', () => {
    const turns = [
      turn('waits'),
      turn('late', { dueAt: '2026-11-27T11:59:00.000Z' }),
      turn('later', { dueAt: '2026-11-27T11:50:00.000Z' }),
      turn('new', { observedAt: undefined, dueAt: '2026-11-27T11:59:30.000Z' }),
      turn('changed'),
    ];
    expect(pick(turns, { changed: ['changed'] })).toEqual([
      'changed',
      'new',
      'later',
      'late',
    ]);
    expect(pick(turns, { most: 2, changed: ['changed'] })).toEqual([
      'changed',
      'new',
    ]);
  });

  it('keeps nobody from a turn by what changes all the time', () => {
    const restless = ['a', 'b', 'c'];
    const waits = turn('waits', { dueAt: '2026-11-27T11:44:59.999Z' });
    expect(
      pick([...restless.map(one => turn(one)), waits], {
        most: 3,
        changed: restless,
      }),
    ).toContain('waits');
  });

  it('leaves out what the catalog does not have', () => {
    expect(
      pick([
        turn('gone', {
          dueAt: '2026-01-01T00:00:00.000Z',
          goneAt: '2026-11-01T00:00:00.000Z',
        }),
      ]),
    ).toEqual([]);
  });

  it('takes a turn that lies further off than any turn does: the clock was set back', () => {
    expect(pick([turn('a', { dueAt: '2026-12-27T12:00:00.000Z' })])).toEqual([
      'a',
    ]);
  });
});

it.each([
  [6, 15_000, 30_000, 6],
  [6, 45_000, PERIOD_MS, 5],
  [1000, 45_000, PERIOD_MS, 100],
  [5000, 60_000, PERIOD_MS, 667],
])(
  'of %d entities a tick of %d ms in a period of %d ms takes %d at most',
  (entities, tickMs, periodMs, expected) => {
    expect(shareOf(entities, { tickMs, periodMs })).toBe(expected);
  },
);

describe('nextTurn', () => {
  const share = (place: string, at = now) =>
    (nextTurn(place, at, PERIOD_MS).getTime() - at.getTime()) / PERIOD_MS;

  it('spreads the turns of a thousand places over a period, and is never much later than one', () => {
    const shares = Array.from({ length: 1000 }, (_, i) => share(`eu/ns-${i}`));
    expect(Math.min(...shares)).toBeGreaterThan(0.1);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1.1);
    const tenths = new Set(shares.map(one => Math.floor(one * 10)));
    expect(tenths.size).toBeGreaterThanOrEqual(10);
  });

  it('comes at one time for what had its last turn at different ones', () => {
    const next = nextTurn('eu/ai', now, PERIOD_MS).getTime();
    const later = (ms: number) =>
      nextTurn('eu/ai', new Date(now.getTime() + ms), PERIOD_MS).getTime();
    const aTenth = PERIOD_MS / 10;
    const left = next - now.getTime();
    expect(later(left - aTenth - 1)).toBe(next);
    expect(later(left)).toBe(next + PERIOD_MS);
    expect(later(left + aTenth)).toBe(next + PERIOD_MS);
  });
});

describe('ChangedPlaces', () => {
  const at = Date.parse('2026-11-27T12:00:00.000Z');
  const before = '2026-11-27T11:59:00.000Z';
  const after = '2026-11-27T12:01:00.000Z';

  it('tells what was edited since, by namespace and by cluster', () => {
    const places = new ChangedPlaces(() => at);
    places.changed('VirtualService', { cluster: 'eu', namespace: 'ai' });
    expect(places.since(['eu/ai'], before)).toBe(true);
    expect(places.since(['eu/ai'], after)).toBe(false);
    expect(places.since(['eu/other', 'us/ai'], before)).toBe(false);
    // A list came: anything may be new.
    places.changed('DestinationRule', { cluster: 'us' });
    expect(places.since(['us/whatever'], before)).toBe(true);
  });

  it('takes an edit of before the clock was set back for one of now', () => {
    let clock = at;
    const places = new ChangedPlaces(() => clock);
    places.changed('VirtualService', { cluster: 'eu', namespace: 'ai' });
    places.changed('DestinationRule', { cluster: 'us' });
    clock -= 86_400_000;
    const computedBefore = new Date(clock - 1).toISOString();
    const computedNow = new Date(clock).toISOString();
    for (const place of ['eu/ai', 'us/whatever']) {
      expect(places.since([place], computedBefore)).toBe(true);
      expect(places.since([place], computedNow)).toBe(false);
      clock += 60_000;
      expect(places.since([place], computedNow)).toBe(false);
      clock -= 60_000;
    }
  });

  it('does not mind what changes all day', () => {
    const places = new ChangedPlaces(() => at);
    places.changed('Pod', { cluster: 'eu', namespace: 'ai' });
    places.changed('EndpointSlice', { cluster: 'eu', namespace: 'ai' });
    expect(places.since(['eu/ai'], before)).toBe(false);
  });
});
