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

function row(
  name: string,
  facts: Partial<Record<keyof FleetRowNow['facts'], number>>,
  level: ScorecardLevel,
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
  ),
];
const names = (some: readonly FleetRowNow[]) =>
  some.map(({ entityRef }) => entityRef.split('/')[1]);

describe('sortFleet', () => {
  it.each<FleetSort>(['budget', 'burn', 'findings', 'level', 'cost', 'models'])(
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
