import type { Fact } from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetRowNow } from './FleetRowNow';
import { budgetsEnding, certificatesEnding, factsAge } from './whatEnds';

const now = new Date('2026-11-27T12:00:00.000Z');
const minutesAgo = (minutes: number) =>
  new Date(now.getTime() - minutes * 60_000).toISOString();

type Value = number | boolean | Extract<Fact, { status: 'unknown' }>['reason'];

function fact(value: Value = 'not-applicable'): Fact {
  return typeof value === 'string'
    ? { status: 'unknown', reason: value }
    : { status: 'known', value, since: minutesAgo(1000) };
}

function row(
  name: string,
  facts: Partial<Record<keyof FleetRowNow['facts'], Value>>,
  observedAt?: string,
): FleetRowNow {
  const none = fact();
  return {
    entityRef: `component:default/${name}`,
    facts: {
      ...(observedAt !== undefined && { observedAt }),
      budgetLeft: fact(facts.budgetLeft),
      burnRate: fact(facts.burnRate),
      certificateDaysLeft: fact(facts.certificateDaysLeft),
      certificateRenewal: fact(facts.certificateRenewal),
      findingsHigh: none,
      findingsMedium: none,
      costPerDay: none,
      models: none,
    },
  } as Partial<FleetRowNow> as FleetRowNow;
}

const names = ({ ending }: { ending: { entityRef: string }[] }) =>
  ending.map(({ entityRef }) => entityRef.split('/')[1]);

describe('budgets that end', () => {
  it.each<[string, Value, Value, 'ends' | 'holds' | 'not known']>([
    ['overspent', -0.1, 0, 'ends'],
    ['just used up', 0, 0.5, 'ends'],
    ['burning too fast', 0.9, 1.1, 'ends'],
    ['burning as it may', 0.1, 1, 'holds'],
    ['untouched', 1, 0, 'holds'],
    ['overspent, of an unknown rate', -1, 'no-traffic', 'ends'],
    ['burning, of unknown rest', 'source-unreachable', 14, 'ends'],
    ['left, of an unknown rate', 0.9, 'source-unreachable', 'not known'],
    ['not computed', 'not-computed', 'not-computed', 'not known'],
    ['young', 'young', 0.5, 'not known'],
    ['young, and burning too fast', 'young', 11, 'ends'],
    ['none', 'not-applicable', 'not-applicable', 'holds'],
  ])('%s', (_, budgetLeft, burnRate, wanted) => {
    const { total, notKnown } = budgetsEnding([
      row('chat', { budgetLeft, burnRate }),
    ]);
    expect({ total, notKnown }).toEqual({
      total: Number(wanted === 'ends'),
      notKnown: Number(wanted === 'not known'),
    });
  });

  it('tell those that are young, which are neither spent nor well', () => {
    const young = { withinSeconds: 3600, periodSeconds: 2_592_000 };
    const fresh = (name: string, burnRate: number) => {
      const one = row(name, { budgetLeft: 'young', burnRate });
      const budgetLeft = { ...one.facts.budgetLeft, young } as Fact;
      return { ...one, facts: { ...one.facts, budgetLeft } };
    };
    expect(
      budgetsEnding([
        fresh('calm', 0.5),
        fresh('burning', 11),
        row('lost', { budgetLeft: 'source-unreachable', burnRate: 0 }),
      ]),
    ).toEqual({
      ending: [{ entityRef: 'component:default/burning', young, burnRate: 11 }],
      total: 1,
      notKnown: 2,
      young: 1,
    });
  });

  it('stand with the most overspent first, then the fastest, and the first twenty are named', () => {
    const answer = budgetsEnding([
      row('slow', { budgetLeft: 0.5, burnRate: 2 }),
      row('over', { budgetLeft: -0.2, burnRate: 0 }),
      row('fast', { budgetLeft: 0.9, burnRate: 20 }),
      row('worst', { budgetLeft: -3, burnRate: 0 }),
      ...Array.from({ length: 30 }, (_, index) =>
        row(`more${index}`, { budgetLeft: 0.5, burnRate: 1.5 }),
      ),
    ]);
    expect(names(answer).slice(0, 4)).toEqual([
      'worst',
      'over',
      'fast',
      'slow',
    ]);
    expect([answer.ending.length, answer.total]).toEqual([20, 34]);
    expect(answer.ending[0]).toEqual({
      entityRef: 'component:default/worst',
      left: -3,
      burnRate: 0,
    });
  });
});

describe('certificates that end', () => {
  const HOUR = 1 / 24;

  it.each<[string, Value, Value, number, 'ends' | 'holds' | 'not known']>([
    ['in half an hour', 0.5 * HOUR, true, 0, 'ends'],
    ['in two hours', 2 * HOUR, true, 0, 'holds'],
    ['in two hours, as of more than an hour ago', 2 * HOUR, true, 61, 'ends'],
    ['before now', -HOUR, true, 0, 'ends'],
    ['later, without a renewal that was due', 0.9, false, 0, 'ends'],
    ['later, with no renewal due', 0.9, 'not-exported', 0, 'holds'],
    ['at an unknown time', 'not-exported', 'not-exported', 0, 'not known'],
    ['nowhere', 'not-applicable', 'not-applicable', 0, 'holds'],
  ])('%s', (_, days, renewal, age, wanted) => {
    const { total, notKnown } = certificatesEnding(
      [
        row(
          'chat',
          { certificateDaysLeft: days, certificateRenewal: renewal },
          minutesAgo(age),
        ),
      ],
      now,
    );
    expect({ total, notKnown }).toEqual({
      total: Number(wanted === 'ends'),
      notKnown: Number(wanted === 'not known'),
    });
  });

  it('stand with the first to end first', () => {
    const of = (name: string, days: Value) =>
      row(
        name,
        { certificateDaysLeft: days, certificateRenewal: false },
        minutesAgo(0),
      );
    const answer = certificatesEnding(
      [of('unknown', 'not-exported'), of('late', 0.9), of('soon', 0.01)],
      now,
    );
    expect(names(answer)).toEqual(['soon', 'late', 'unknown']);
    expect(answer.ending[2]).toEqual({
      entityRef: 'component:default/unknown',
      renewalFails: true,
    });
  });
});

describe('the age of what is stored', () => {
  it('is that of the oldest and of the newest, and tells what has none', () => {
    expect(factsAge([])).toEqual({ none: 0 });
    expect(factsAge([row('a', {})])).toEqual({ none: 1 });
    expect(
      factsAge([
        row('a', {}, minutesAgo(3)),
        row('b', {}),
        row('c', {}, minutesAgo(30)),
      ]),
    ).toEqual({ oldest: minutesAgo(30), newest: minutesAgo(3), none: 1 });
  });
});
