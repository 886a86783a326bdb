import type { Entity } from '@backstage/catalog-model';
import type { Check, ScorecardRules } from './CheckRule';
import { factHistory } from '../read/factHistory';
import { scorecard, standing, type FactHistory } from './scorecard';
import { scorecardRules } from './scorecardRules';
import {
  defaultLevels,
  readyMadeCheckIds,
  type EntityFacts,
  type Fact,
  type FactPoint,
} from '@ai-mesh/plugin-ai-mesh-common';

const now = new Date('2026-11-27T12:00:00.000Z');
const observedAt = '2026-11-27T11:50:00.000Z';

function entity(exemptions?: string, more: object = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'chat',
      ...(exemptions && {
        annotations: { 'ai-mesh.io/exemptions': exemptions },
      }),
      ...more,
    },
    spec: { type: 'service', lifecycle: 'production' },
  };
}

const known = (value: boolean | number): Fact => ({
  status: 'known',
  value,
  since: observedAt,
});
const unknown: Fact = {
  status: 'unknown',
  reason: 'source-unreachable',
  message: 'Prometheus is away.',
  last: { value: 3, at: '2026-11-27T09:00:00.000Z' },
};

const check = (
  id: string,
  level: string,
  rule: Check['rule'],
  appliesTo: Check['appliesTo'] = {},
): Check => ({ id, title: id, level, rule, appliesTo });

const rules: ScorecardRules = {
  levels: [
    { id: 'bronze', title: 'Bronze' },
    { id: 'silver', title: 'Silver' },
  ],
  checks: [
    check('fast', 'silver', {
      fact: 'latencyP99Seconds',
      comparison: 'below',
      bound: 5,
    }),
    check('strict', 'bronze', {
      fact: 'mtlsStrict',
      comparison: 'equals',
      bound: true,
    }),
    check('no-findings', 'bronze', {
      fact: 'reviewFindingsHigh',
      comparison: 'atMost',
      bound: 0,
    }),
  ],
};

const noHistory = { states: [], days: [] };

const facts = (of: Record<string, Fact>): EntityFacts => ({
  entityRef: 'component:default/chat',
  version: 1,
  observedAt,
  facts: of,
});

const card = (
  of: Record<string, Fact>,
  {
    annotation,
    history = noHistory,
  }: { annotation?: string; history?: Parameters<typeof scorecard>[3] } = {},
) => scorecard(rules, entity(annotation), facts(of), history, now);

const outcomes = ({ checks }: ReturnType<typeof card>) =>
  Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));

const good = {
  mtlsStrict: known(true),
  reviewFindingsHigh: known(0),
  latencyP99Seconds: known(3),
};

describe('scorecard', () => {
  it('reaches the highest level of which and below which nothing fails', () => {
    expect(card(good)).toMatchObject({
      level: { status: 'known', level: 'silver' },
      counts: { pass: 3, fail: 0, unknown: 0, exempt: 0 },
    });
    expect(card(good).next).toBeUndefined();
    const slow = card({ ...good, latencyP99Seconds: known(5) });
    expect(slow).toMatchObject({
      level: { status: 'known', level: 'bronze' },
      next: { level: 'silver', failing: ['fast'], unknown: [] },
    });
    expect(card({ ...good, mtlsStrict: known(false) }).level).toEqual({
      status: 'known',
      level: null,
    });
  });

  it('reaches no level where no check concerns the entity', () => {
    const days: FactHistory['days'] = [
      { day: '2026-11-26', values: { mtlsStrict: true } },
    ];
    const none = { status: 'known', level: null };
    const answer = scorecard(
      {
        ...rules,
        checks: rules.checks.map(one => ({
          ...one,
          appliesTo: { kinds: ['api'] },
        })),
      },
      entity(),
      facts(good),
      { states: [], days },
      now,
    );
    expect(answer).toMatchObject({ level: none, checks: [] });
    expect(answer.trend.map(({ level }) => level)).toEqual([none]);
    expect(
      standing({ ...rules, checks: [] }, entity(), facts(good), now).level,
    ).toEqual(none);
  });

  it('counts what is unknown neither as pass nor as fail, and says why', () => {
    const answer = card({ ...good, reviewFindingsHigh: unknown });
    expect(answer).toMatchObject({
      level: { status: 'unknown', atLeast: null, atMost: 'silver' },
      counts: { pass: 2, fail: 0, unknown: 1, exempt: 0 },
      next: { level: 'bronze', failing: [], unknown: ['no-findings'] },
    });
    expect(answer.checks.find(({ id }) => id === 'no-findings')).toMatchObject({
      outcome: 'unknown',
      reasons: [
        {
          fact: 'reviewFindingsHigh',
          reason: 'source-unreachable',
          message: 'Prometheus is away.',
        },
      ],
    });
  });

  it('turns no check red while the whole mesh is away', () => {
    const away = { mtlsStrict: unknown, reviewFindingsHigh: unknown };
    expect(outcomes(card(away))).toEqual({
      strict: 'unknown',
      'no-findings': 'unknown',
      fast: 'unknown',
    });
  });

  it('is certain of a level that fails whatever is unknown', () => {
    expect(
      card({ ...good, mtlsStrict: known(false), reviewFindingsHigh: unknown })
        .level,
    ).toEqual({ status: 'known', level: null });
  });

  it('excuses a check by an annotation until its day is over, and shows both', () => {
    const failing = { ...good, mtlsStrict: known(false) };
    const excused = card(failing, {
      annotation: 'strict until 2026-11-27: the batch job has no proxy yet',
    });
    expect(excused).toMatchObject({
      level: { status: 'known', level: 'silver' },
      counts: { pass: 2, exempt: 1, fail: 0 },
    });
    expect(excused.checks[0]).toMatchObject({
      outcome: 'exempt',
      exemption: {
        reason: 'the batch job has no proxy yet',
        until: '2026-11-27',
        ended: false,
      },
    });
    const [wordy] = card(failing, {
      annotation: `strict until 2026-11-27: ${'a'.repeat(600)}`,
    }).checks;
    expect(wordy.exemption?.reason).toBe(`${'a'.repeat(500)}…`);
    const ended = card(failing, {
      annotation: 'strict until 2026-11-26: the batch job has no proxy yet',
    });
    expect(ended.level).toEqual({ status: 'known', level: null });
    expect(ended.checks[0]).toMatchObject({
      outcome: 'fail',
      exemption: { ended: true, until: '2026-11-26' },
    });
  });

  it('says which line of the annotation it cannot read', () => {
    expect(
      card(good, {
        annotation:
          'strict until tomorrow: why\n\nmoon until 2026-12-01: why\nfast until 2026-02-30: why',
      }).problems,
    ).toEqual([
      expect.stringMatching(/^Line 1 .* cannot be read: write it like/),
      expect.stringMatching(/^Line 3 .* there are fast, strict, no-findings/),
      expect.stringMatching(/^Line 4 .* cannot be read/),
    ]);
    expect(card(good, { annotation: 'x'.repeat(20_000) }).problems).toEqual([
      expect.stringMatching(/has 20000 characters/),
    ]);
    const { problems } = card(good, { annotation: 'x\n'.repeat(4000) });
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toMatch(/^3980 more lines .* cannot be used/);
  });

  it('concerns only the entities that the filter names', () => {
    const filtered: ScorecardRules = {
      ...rules,
      checks: [
        check('all', 'bronze', rules.checks[1].rule),
        check('apis', 'bronze', rules.checks[1].rule, { kinds: ['api'] }),
        check('services', 'bronze', rules.checks[1].rule, {
          kinds: ['component'],
          types: ['service'],
          lifecycles: ['production'],
        }),
        check('tagged', 'bronze', rules.checks[1].rule, { tags: ['ai'] }),
      ],
    };
    const ids = (more?: object) =>
      scorecard(
        filtered,
        entity(undefined, more),
        facts(good),
        noHistory,
        now,
      ).checks.map(({ id }) => id);
    expect(ids()).toEqual(['all', 'services']);
    expect(ids({ tags: ['ai', 'chat'] })).toEqual([
      'all',
      'services',
      'tagged',
    ]);
  });

  it('says since when a check has come to the same, by changes and by days', () => {
    const days: FactHistory['days'] = [
      { day: '2026-10-01', values: { mtlsStrict: false } },
      { day: '2026-10-02', values: { mtlsStrict: true } },
      {
        day: '2026-11-19',
        values: { mtlsStrict: true, reviewFindingsHigh: 2 },
      },
    ];
    const changes: FactPoint[] = [
      { at: '2026-11-21T08:00:00.000Z', values: { reviewFindingsHigh: 1 } },
      { at: '2026-11-22T08:00:00.000Z', values: { reviewFindingsHigh: 0 } },
      { at: '2026-11-23T08:00:00.000Z', values: { latencyP99Seconds: 3 } },
    ];
    const since = Object.fromEntries(
      card(good, { history: factHistory(changes, days) }).checks.map(
        ({ id, since: at }) => [id, at],
      ),
    );
    expect(since).toEqual({
      strict: '2026-10-02T00:00:00.000Z',
      'no-findings': '2026-11-22T08:00:00.000Z',
      fast: '2026-11-23T08:00:00.000Z',
    });
  });

  it("has a trend by today's checks, with gaps where nothing was computed", () => {
    const days: FactHistory['days'] = [
      { day: '2026-08-01', values: { mtlsStrict: true } },
      { day: '2026-11-20', values: { mtlsStrict: false } },
      {
        day: '2026-11-25',
        values: { mtlsStrict: true, reviewFindingsHigh: null },
      },
      {
        day: '2026-11-26',
        values: {
          mtlsStrict: true,
          reviewFindingsHigh: 0,
          latencyP99Seconds: 9,
        },
      },
    ];
    const { trend } = card(good, { history: { states: [], days } });
    expect(
      trend.map(({ day, level, counts }) => [day, level, counts.fail]),
    ).toEqual([
      ['2026-11-20', { status: 'known', level: null }, 1],
      ['2026-11-25', { status: 'unknown', atLeast: null, atMost: 'silver' }, 0],
      ['2026-11-26', { status: 'known', level: 'bronze' }, 1],
    ]);
  });

  it('leads to the screen of the fact that keeps a check from passing', () => {
    const ready = scorecardRules({
      levels: defaultLevels,
      readyMade: readyMadeCheckIds,
      checks: [],
    });
    const answer = scorecard(
      ready,
      entity(),
      facts({
        timeoutsConfigured: known(true),
        p99OverTimeoutRatio: known(1.2),
        canaryLast90d: known(1),
        canaryGatesQuality: known(false),
        mtlsStrict: known(false),
        mtlsReady: known(true),
      }),
      noHistory,
      now,
    );
    const of = (id: string) => answer.checks.find(one => one.id === id)!;
    expect(of('timeouts')).toMatchObject({
      outcome: 'fail',
      screen: 'traffic',
    });
    expect(of('canary')).toMatchObject({ outcome: 'fail', screen: 'canary' });
    expect(of('mtls')).toMatchObject({ outcome: 'pass', level: 'bronze' });
    expect(of('slo')).toMatchObject({ outcome: 'unknown', screen: 'slos' });
  });

  it('puts the ready-made checks on fewer levels where there are fewer', () => {
    const { checks } = scorecardRules({
      levels: [{ id: 'good', title: 'Good' }],
      readyMade: readyMadeCheckIds,
      checks: [],
    });
    expect(checks).toHaveLength(10);
    expect(new Set(checks.map(({ level }) => level))).toEqual(
      new Set(['good']),
    );
  });
});
