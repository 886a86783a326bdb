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

it('spreads the turns of a thousand entities over a fifth of the period', () => {
  const times = Array.from({ length: 1000 }, (_, i) =>
    nextTurn(`component:default/service-${i}`, now, PERIOD_MS).getTime(),
  ).map(time => (time - now.getTime()) / PERIOD_MS);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(0.9);
  expect(Math.max(...times)).toBeLessThanOrEqual(1.1);
  const tenths = new Set(times.map(time => Math.floor(time * 50)));
  expect(tenths.size).toBeGreaterThanOrEqual(10);
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

  it('does not mind what changes all day', () => {
    const places = new ChangedPlaces(() => at);
    places.changed('Pod', { cluster: 'eu', namespace: 'ai' });
    places.changed('EndpointSlice', { cluster: 'eu', namespace: 'ai' });
    expect(places.since(['eu/ai'], before)).toBe(false);
  });
});
