import {
  canaryGateSettingsSchema,
  known,
  unknown,
  type CanaryGateName,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Chance } from '../__testUtils__/Chance';
import { seeded } from '../__testUtils__/seeded';
import { beginCounting, takeIn } from './CountedEvidence';
import { noMeasures, type Evidence } from './Evidence';
import { inBothLanguages } from './__testUtils__/inBothLanguages';
import { breachCounts, judge } from './judge';
import {
  context,
  countedAs,
  evidence,
  measures,
} from './__testUtils__/measures';

const at = new Date('2025-06-01T12:00:00Z');

function verdict(of: Evidence, more?: Parameters<typeof context>[1]) {
  const check = judge(context(of, more), undefined, {}, at);
  check.gates.forEach(inBothLanguages);
  return inBothLanguages(check.verdict);
}

function gateOf(
  of: Evidence,
  name: CanaryGateName,
  more?: Parameters<typeof context>[1],
) {
  const { gates } = judge(context(of, more), undefined, {}, at);
  return gates.find(({ gate }) => gate === name)!;
}

describe('the verdict', () => {
  it('passes where every gate is within its bound to advance', () => {
    expect(verdict(evidence())).toEqual({
      outcome: 'pass',
      message: 'Every gate is within its bound to advance.',
    });
  });

  it.each([
    [
      'errors',
      evidence({ errorRatio: 0.15 }),
      "Error rate: 15% of 200 requests failed, of the stable version's 2,000 it was 0.1%: more than 5%, and not by chance.",
    ],
    [
      'latency',
      evidence({ p99Ms: 40_000 }, { p99Ms: 20_000 }),
      "p99 latency: 40 s is 2 x the stable version's 20 s, more than 1.5 x and more than 30 s.",
    ],
    [
      'throttling',
      evidence({ throttledRatio: 0.4 }),
      "Throttled (429): 40% of 200 requests were throttled (429), of the stable version's 2,000 it was 0%: more than 20%, and not by chance.",
    ],
    [
      'tokens',
      evidence({ tokensPerRequest: 2100 }, { tokensPerRequest: 1000 }),
      "Tokens per request: 2100 tokens is 2.1 x the stable version's 1000 tokens, more than 2 x.",
    ],
    [
      'first tokens',
      evidence({ timeToFirstTokenMs: 900 }, { timeToFirstTokenMs: 300 }),
      "Time to first token: 900 ms is 3 x the stable version's 300 ms, more than 2 x.",
    ],
    [
      'no ready endpoint',
      evidence({ readyEndpoints: 0 }),
      'Ready endpoints: The canary has no ready endpoint.',
    ],
  ])('breaches for %s beyond the bound', (_, of, message) => {
    expect(verdict(of)).toEqual({ outcome: 'breach', message });
  });

  it.each([
    [
      'errors',
      evidence({ errorRatio: 0.03 }),
      'Error rate: 3% of 200 requests failed: it is not known yet that it is below 5%. That takes about 743 more requests of the canary.',
    ],
    [
      'errors exactly at the bound to roll back',
      evidence({ errorRatio: 0.05 }),
      'Error rate: 5% of 200 requests failed: it is not known yet that it is below 5%. That takes about 743 more requests of the canary.',
    ],
    [
      'errors hardly above the bound to roll back, which no test tells from it soon',
      evidence({ errorRatio: 0.055 }),
      'Error rate: 5.5% of 200 requests failed: it is not known yet that it is below 5%. That takes about 743 more requests of the canary.',
    ],
    [
      'errors exactly at the bound to advance',
      evidence({ errorRatio: 0.01, requests: 800 }),
      "Error rate: 1% of 800 requests failed, of the stable version's 2,000 it was 0.1%: not below 1%, and not known to be as good as the stable version.",
    ],
    [
      'latency',
      evidence({ p99Ms: 2600 }),
      "p99 latency: 2.6 s is 1.3 x the stable version's 2 s: more than 1.2 x, too little to roll back.",
    ],
    [
      "latency far above stable's, but within the objective",
      evidence({ p99Ms: 29_000 }),
      "p99 latency: 29 s is 14.5 x the stable version's 2 s: more than 1.2 x, too little to roll back.",
    ],
    [
      'throttling',
      evidence({ throttledRatio: 0.1 }),
      "Throttled (429): 10% of 200 requests were throttled (429), of the stable version's 2,000 it was 0%: not below 5%, and not known to be as good as the stable version. That takes about 35 more requests of the canary.",
    ],
    [
      'tokens',
      evidence({ tokensPerRequest: 1500 }, { tokensPerRequest: 1000 }),
      "Tokens per request: 1500 tokens is 1.5 x the stable version's 1000 tokens: more than 1.3 x, too little to roll back.",
    ],
  ])('holds between the bounds of %s', (_, of, message) => {
    expect(verdict(of)).toEqual({
      outcome: 'hold',
      reason: 'between-thresholds',
      message,
    });
  });

  it.each([
    ['of the canary', evidence({ requests: 49, errorRatio: 0 })],
    [
      'of the canary, none',
      evidence({
        requests: 0,
        errorRatio: unknown('no-traffic'),
        throttledRatio: unknown('no-traffic'),
      }),
    ],
    ['of the stable version', evidence({}, { requests: 12 })],
  ])('holds for too few requests %s', (_, of) => {
    expect(verdict(of)).toMatchObject({
      outcome: 'hold',
      reason: 'insufficient-traffic',
    });
  });

  it.each([
    [
      'the series are absent',
      evidence({
        requests: unknown('not-exported', 'No istio_requests_total for v2.'),
      }),
      /not-exported.*No istio_requests_total for v2/,
    ],
    [
      'a value is not a number',
      evidence({
        errorRatio: unknown('no-such-label', 'Prometheus answered NaN.'),
      }),
      /Prometheus answered NaN/,
    ],
    [
      'there is no percentile of many requests',
      evidence({ p99Ms: unknown('no-traffic') }),
      /p99 latency of the canary is not reported/,
    ],
    [
      'endpoints are not known',
      evidence({ readyEndpoints: unknown('not-configured') }),
      /ready endpoints/,
    ],
    [
      'stable answers with 0 tokens',
      evidence({ tokensPerRequest: 100 }, { tokensPerRequest: 0 }),
      /nothing to compare with/,
    ],
    [
      'the canary stopped reporting tokens',
      evidence(
        { tokensPerRequest: unknown('no-traffic') },
        { tokensPerRequest: 10 },
      ),
      /Tokens per request of the canary is not reported, although it has requests/,
    ],
  ])('holds without data where %s, and says why', (_, of, message) => {
    expect(verdict(of)).toMatchObject({
      outcome: 'hold',
      reason: 'no-data',
      message: expect.stringMatching(message),
    });
  });

  it.each(['source-unreachable', 'forbidden'] as const)(
    'holds where Prometheus is %s',
    reason => {
      const nothing = noMeasures(unknown(reason, 'Prometheus did not answer.'));
      expect(
        verdict(
          evidence(
            {},
            {},
            { canary: nothing, stable: nothing, lostRequests: unknown(reason) },
          ),
        ),
      ).toMatchObject({
        outcome: 'hold',
        reason: 'source-unreachable',
        message: expect.stringContaining('Prometheus did not answer.'),
      });
    },
  );

  it('names the most urgent of several holds', () => {
    expect(
      verdict(
        evidence({ errorRatio: 0.03, p99Ms: unknown('source-unreachable') }),
      ),
    ).toMatchObject({ reason: 'source-unreachable' });
  });

  it('does not let a good gate outvote a bad one', () => {
    expect(
      verdict(evidence({ errorRatio: 0.5, p99Ms: unknown('not-exported') })),
    ).toMatchObject({ outcome: 'breach' });
  });

  it('leaves out gates that are switched off or not exported', () => {
    const gates = canaryGateSettingsSchema.parse({
      errorRate: { enabled: false },
    });
    const of = evidence({ errorRatio: 0.5, tokensPerRequest: 10 });
    expect(verdict(of, { plan: { gates } })).toMatchObject({ outcome: 'pass' });
    expect(gateOf(of, 'tokens-per-request')).toMatchObject({
      outcome: 'not-applicable',
      message:
        'The stable version does not export it, so there is nothing to compare.',
    });
  });
});

describe('breaches in a row', () => {
  // Means have no stated error: they are looked at several times. A share of requests is tested for that.
  const bad = evidence({ tokensPerRequest: 2100 }, { tokensPerRequest: 1000 });
  const good = evidence({ tokensPerRequest: 1000 }, { tokensPerRequest: 1000 });
  const silent = evidence(
    { requests: unknown('source-unreachable'), tokensPerRequest: 2100 },
    { tokensPerRequest: 1000 },
  );
  const run = (...looks: Evidence[]) => {
    let counts = {};
    return looks.map(of => {
      const check = judge(
        context(of, { plan: { failureLimit: 2 } }),
        undefined,
        counts,
        at,
      );
      counts = breachCounts(check);
      return check.verdict.outcome;
    });
  };

  it('rolls back at the limit, not before', () => {
    expect(run(bad, bad)).toEqual(['hold', 'breach']);
  });

  it('rolls back at once for errors that are none by chance', () => {
    expect(run(evidence({ errorRatio: 0.15 }))).toEqual(['breach']);
  });

  it('starts again after a check that went well', () => {
    expect(run(bad, good, bad)).toEqual(['hold', 'pass', 'hold']);
  });

  it('neither counts nor forgets while there is no evidence', () => {
    expect(run(bad, silent, bad)).toEqual(['hold', 'hold', 'breach']);
  });

  it('says how many times it was', () => {
    const check = judge(
      context(bad, { plan: { failureLimit: 3 } }),
      undefined,
      { 'tokens-per-request': 1 },
      at,
    );
    expect(inBothLanguages(check.verdict)).toEqual({
      outcome: 'hold',
      reason: 'between-thresholds',
      message:
        "Tokens per request: 2100 tokens is 2.1 x the stable version's 1000 tokens, more than 2 x. That is 2 of 3 times in a row.",
    });
  });
});

describe('a shorter window of means', () => {
  const stable = { tokensPerRequest: 1000 };
  const long = (tokensPerRequest: number) =>
    evidence({ tokensPerRequest }, stable);
  const short = (tokensPerRequest: number, requests: number) =>
    evidence({ tokensPerRequest, requests }, stable, { windowSeconds: 60 });

  it('breaches before the long one has noticed', () => {
    const check = judge(context(long(1000)), short(5000, 60), {}, at);
    expect(check.verdict.outcome).toBe('breach');
    expect(check.gates[3]).toMatchObject({ windowSeconds: 60 });
    expect(check.windowSeconds).toBe(300);
  });

  it('needs as many requests to do so', () => {
    const check = judge(context(long(1000)), short(5000, 40), {}, at);
    expect(check.verdict.outcome).toBe('pass');
  });

  it('does not breach by what may be chance', () => {
    const check = judge(context(long(1000)), short(3000, 60), {}, at);
    expect(check.verdict.outcome).toBe('pass');
  });

  it('does not make good what the long one holds against', () => {
    const check = judge(context(long(1500)), short(1000, 100), {}, at);
    expect(check.verdict).toMatchObject({ reason: 'between-thresholds' });
  });
});

describe('means of few requests', () => {
  it('hold, and say how many it takes to tell', () => {
    const few = evidence(
      { tokensPerRequest: 2100, requests: 100 },
      { tokensPerRequest: 1000 },
    );
    expect(gateOf(few, 'tokens-per-request')).toMatchObject({
      outcome: 'hold',
      holdReason: 'insufficient-traffic',
      message:
        "2100 tokens is 2.1 x the stable version's 1000 tokens, more than 2 x. Means of so few requests are so far apart by chance as well: it takes about 144 to tell.",
    });
  });

  it('are not beyond a bound by chance, however much single values scatter', () => {
    const chance = new Chance(seeded(5));
    // Lognormal, with a standard deviation of 1.9 times the mean: some answers are very long.
    const mean = (count: number) => {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        sum += Math.exp(1.25 * chance.normal());
      }
      return sum / count;
    };
    const beyond = Array.from({ length: 400 }, () => [mean(50), mean(200)])
      .filter(([canary, stable]) => canary > 2 * stable)
      .map(([canary, stable]) =>
        gateOf(
          evidence(
            { tokensPerRequest: canary, requests: 50 },
            { tokensPerRequest: stable, requests: 200 },
          ),
          'tokens-per-request',
        ),
      );
    expect(beyond.length).toBeGreaterThan(0);
    expect(beyond.map(({ outcome }) => outcome)).toEqual(
      beyond.map(() => 'hold'),
    );
  });
});

describe('a service that is ill', () => {
  const ill = (canary: number) =>
    evidence({ errorRatio: canary }, { errorRatio: 0.3 });

  it('holds the canary that does as badly, and says whose fault it is', () => {
    expect(verdict(ill(0.3))).toMatchObject({
      outcome: 'hold',
      reason: 'service-ill',
    });
  });

  it('holds it as well where the stable version has too few requests to be called ill', () => {
    const both = evidence(
      { errorRatio: 0.08, requests: 4000 },
      { errorRatio: 0.08, requests: 300 },
    );
    expect(verdict(both)).toMatchObject({
      outcome: 'hold',
      reason: 'service-ill',
      message: expect.stringContaining('Both are beyond 5%'),
    });
  });

  it('does not excuse one that does far worse', () => {
    expect(verdict(ill(1))).toEqual({
      outcome: 'breach',
      message:
        'Error rate: The stable version is beyond 5% at present, and the canary is worse than it over the same time, and not by chance.',
    });
  });
});

describe('bounds that meet', () => {
  it.each([0, 0.05])('at %d never promise an endless number', bound => {
    const gates = canaryGateSettingsSchema.parse({
      errorRate: { rollBackAbove: bound, advanceBelow: bound },
    });
    for (const errorRatio of [0, 0.05, 0.2]) {
      const { test } = gateOf(evidence({ errorRatio }), 'error-rate', {
        plan: { gates },
      });
      expect(JSON.parse(JSON.stringify(test))).toEqual(test);
    }
  });
});

describe('a stable version without traffic', () => {
  const of = evidence(
    { p99Ms: 4000 },
    { requests: 0, p99Ms: unknown('no-traffic') },
  );
  const baseline = {
    at: '2025-06-01T11:00:00.000Z',
    stable: measures({ requests: 900, p99Ms: 3500 }),
    lostShare: known(0),
  };

  it('is compared as it was when it last had some', () => {
    const gate = gateOf(of, 'latency-p99', {
      stableHasTraffic: false,
      baseline,
    });
    expect(gate).toMatchObject({
      outcome: 'pass',
      stable: { value: known(3500), earlierAt: baseline.at },
    });
  });

  it('holds where it is only slow in coming', () => {
    expect(gateOf(of, 'latency-p99', { baseline })).toMatchObject({
      outcome: 'hold',
      holdReason: 'insufficient-traffic',
    });
  });
});

describe('slowness', () => {
  const tally = { requests: 200, bad: 0 };
  const slice = { canary: tally, stable: { ...tally, requests: 2000 } };
  const counting = (slow?: typeof slice) =>
    takeIn(
      beginCounting({
        until: 0,
        slices: { errorRate: [], throttled: [] },
        usual: { requests: 0, seconds: 0 },
        slowAboveMs: 2500,
      }),
      {
        from: 0,
        to: 300,
        shares: { errorRate: slice, throttled: slice, ...(slow && { slow }) },
        lost: 0,
        born: 0,
        returned: 0,
      },
      {
        plan: context(evidence()).plan,
        usualLostShare: undefined,
        scrapeSeconds: 15,
        at,
      },
    );

  it('is decided by what was counted, and the ratio of both p99s is shown beside it', () => {
    const gate = gateOf(evidence({ p99Ms: 2600 }), 'latency-p99', {
      counted: known(
        counting({
          canary: { requests: 1000, bad: 10 },
          stable: { requests: 2000, bad: 20 },
        }),
      ),
    });
    expect(inBothLanguages(gate)).toMatchObject({
      outcome: 'pass',
      message:
        "1% of 1,000 requests took longer than 2.5 s, of the stable version's 2,000 it was 1%. Its p99 of 2.6 s is 1.3 x the stable version's 2 s.",
    });
  });

  it('that a version’s histogram does not tell holds, and is no breach', () => {
    const gate = gateOf(evidence({ p99Ms: 60_000 }), 'latency-p99', {
      counted: known(counting()),
    });
    expect(inBothLanguages(gate)).toMatchObject({
      outcome: 'hold',
      holdReason: 'no-data',
      message: expect.stringContaining('without a bucket that ends at 2.5 s'),
    });
  });
});

describe('requests that reached no version', () => {
  const lost = (count: number, canary = {}) =>
    evidence({ errorRatio: 0, ...canary }, {}, { lostRequests: known(count) });
  const quiet = {
    at: at.toISOString(),
    stable: measures({ requests: 20_000 }),
    lostShare: known(0),
  };

  it('are the canary’s, where none were lost before it began', () => {
    expect(verdict(lost(40), { baseline: quiet })).toEqual({
      outcome: 'breach',
      message:
        "Error rate: 14.9% of 235 requests failed, of the stable version's 2,000 it was 0.1%: more than 5%, and not by chance.",
    });
  });

  it('count even where none of its requests arrived', () => {
    const silent = unknown('not-exported');
    const none = lost(60, { requests: 0, errorRatio: 0 });
    expect(
      verdict(
        lost(60, {
          requests: silent,
          errorRatio: silent,
          throttledRatio: silent,
        }),
        { baseline: quiet, counted: countedAs(none, quiet) },
      ),
    ).toMatchObject({ outcome: 'breach' });
  });

  it('keep it from advancing where it is not known whose they are', () => {
    expect(verdict(lost(40))).toEqual({
      outcome: 'hold',
      reason: 'between-thresholds',
      message:
        "Error rate: 0% of 200 requests failed, and 40 more reached no version: at worst they are all the canary's. That takes about 90 more requests of the canary.",
    });
  });

  it('are nobody’s, where the baseline is too small to promise that none are usual', () => {
    const small = { ...quiet, stable: measures({ requests: 200 }) };
    expect(verdict(lost(40), { baseline: small })).toMatchObject({
      outcome: 'hold',
    });
  });

  it('are not its fault, where as many were lost before', () => {
    const usual = { ...quiet, lostShare: known(40 / 2240) };
    expect(gateOf(lost(40), 'error-rate', { baseline: usual })).toMatchObject({
      outcome: 'hold',
      canary: { value: known(0) },
    });
  });
});
