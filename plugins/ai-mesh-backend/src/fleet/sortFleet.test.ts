import {
  fleetRequestSchema,
  known,
  unknown,
  type Fact,
  type FleetSort,
  type ScorecardLevel,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetRowNow } from './FleetRowNow';
import { filterFleet } from './filterFleet';
import { sortFleet } from './sortFleet';

const none = unknown('no-traffic');
const fact = (value?: number): Fact =>
  value === undefined
    ? { status: 'unknown', reason: 'not-computed' }
    : { status: 'known', value, since: '2026-02-20T10:00:00.000Z' };

/** How it does, and whose it is. */
function now(
  status: FleetRowNow['health']['status'],
  group: string,
  [perSecond, errors, valueMs, share]: number[],
): Partial<FleetRowNow> {
  return {
    owners: [`group:default/${group}`],
    systems: [`system:default/${group}`],
    health: { status, message: '' },
    traffic: {
      requestsPerSecond: known(perSecond),
      requestCount: known(300 * perSecond),
      errorRatio: known(errors),
      p95: known({ valueMs, lowerBoundMs: 0, upperBoundMs: valueMs }),
    },
    encryption: known({
      share,
      encryptedPerSecond: share * perSecond,
      plaintextPerSecond: (1 - share) * perSecond,
    }),
  };
}

function row(
  name: string,
  facts: Partial<Record<keyof FleetRowNow['facts'], number>>,
  level: ScorecardLevel,
  more: Partial<FleetRowNow> = {},
): FleetRowNow {
  return {
    entityRef: `component:default/${name}`,
    owners: [],
    systems: [],
    services: [],
    traffic: {
      requestsPerSecond: none,
      requestCount: none,
      errorRatio: none,
      p95: none,
    },
    health: { status: 'unknown', message: 'No requests.' },
    encryption: none,
    facts: {
      budgetLeft: fact(facts.budgetLeft),
      burnRate: fact(facts.burnRate),
      findingsHigh: fact(facts.findingsHigh),
      findingsMedium: fact(facts.findingsMedium),
      costPerDay: fact(facts.costPerDay),
      models: fact(facts.models),
      certificateDaysLeft: fact(facts.certificateDaysLeft),
      certificateRenewal: fact(facts.certificateRenewal),
    },
    level: known(level),
    ...more,
  };
}

const levels = ['bronze', 'silver', 'gold'];
const rows = [
  row('unknown', {}, { status: 'unknown', atLeast: null, atMost: 'gold' }),
  row(
    'good',
    {
      budgetLeft: 0.9,
      burnRate: 0,
      findingsHigh: 0,
      findingsMedium: 7,
      costPerDay: 1,
      models: 1,
    },
    { status: 'known', level: 'gold' },
    now('healthy', 'c', [1, 0, 100, 1]),
  ),
  row(
    'bad',
    {
      budgetLeft: -0.2,
      burnRate: 14,
      findingsHigh: 1,
      findingsMedium: 0,
      costPerDay: 80,
      models: 4,
    },
    { status: 'known', level: null },
    now('failing', 'a', [30, 0.5, 5000, 0]),
  ),
  row(
    'middling',
    {
      budgetLeft: 0.4,
      burnRate: 2,
      findingsHigh: 0,
      findingsMedium: 9,
      costPerDay: 9,
      models: 2,
    },
    { status: 'known', level: 'bronze' },
    now('degraded', 'b', [9, 0.1, 800, 0.9]),
  ),
];
const names = (some: readonly FleetRowNow[]) =>
  some.map(({ entityRef }) => entityRef.split('/')[1]);

describe('sortFleet', () => {
  it.each<FleetSort>([
    ...(['health', 'rate', 'errors', 'p95', 'mtls'] as const),
    ...(['budget', 'burn', 'findings', 'level', 'cost', 'models'] as const),
  ])(
    'has by %s what is worst or most first, and what is unknown last either way',
    by => {
      expect(names(sortFleet(rows, by, { levels }))).toEqual([
        'bad',
        'middling',
        'good',
        'unknown',
      ]);
      expect(names(sortFleet(rows, by, { levels, order: 'asc' }))).toEqual([
        'good',
        'middling',
        'bad',
        'unknown',
      ]);
    },
  );

  it.each<FleetSort>(['owner', 'system'])(
    'has by %s what comes first by its name, and what has none last either way',
    by => {
      const sorted = (order?: 'asc' | 'desc') =>
        names(sortFleet(rows, by, { order }));
      expect(sorted()).toEqual(['bad', 'middling', 'good', 'unknown']);
      expect(sorted('desc')).toEqual(['good', 'middling', 'bad', 'unknown']);
    },
  );

  it('has by name the titles of entities beside the names of others', () => {
    const titled = rows.map(one => ({
      ...one,
      ...(one === rows[0] && { title: 'Every other' }),
    }));
    expect(names(sortFleet(titled, 'name'))).toEqual([
      ...['bad', 'unknown', 'good', 'middling'],
    ]);
  });
});

describe('filterFleet', () => {
  it.each([
    ['gold', ['good']],
    ['none', ['bad']],
    ['unknown', ['unknown']],
    ['bronze,gold', ['good', 'middling']],
    ['platinum', []],
  ])('leaves by level %s %j', (level, expected) => {
    const request = fleetRequestSchema.parse({ level });
    expect(names(filterFleet(rows, request))).toEqual(expected);
  });
});
