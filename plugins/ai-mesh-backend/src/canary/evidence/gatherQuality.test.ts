import { known, said, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSettings } from '../../config/readSettings';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import {
  growing,
  scraped,
  SCRAPE,
  SINCE,
  type Sample,
} from '../../prometheus/__testUtils__/scraped';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../../prometheus/__testUtils__/startPrometheus';
import { clientOf } from '../../prometheus/__testUtils__/clientOf';
import { beginQuality, judge, takeInQuality } from '../gates';
import { inBothLanguages } from '../gates/__testUtils__/inBothLanguages';
import { context, evidence } from '../gates/__testUtils__/measures';
import { chatHost, chatMesh } from './__testUtils__/chatMesh';
import { SETTLE_SECONDS } from './countQueries';
import { gatherQuality } from './gatherQuality';

function of(
  metric: string,
  version: string,
  labels: Record<string, string>,
  sample: Sample,
) {
  const all = Object.entries({
    namespace: 'ai',
    pod: `chat-${version}-7d4b9c6f8-x2x4z`,
    version,
    ...labels,
  }).map(([name, value]) => `${name}="${value}"`);
  return { series: `${metric}{${all.join(',')}}`, sample };
}

const votes = (version: string, up: Sample, down: Sample) => [
  of('votes_total', version, { rating: 'up' }, up),
  of('votes_total', version, { rating: 'down' }, down),
];

function gatesOf(...gates: JsonObject[]) {
  const names = gates.map(({ name }) => name);
  return readSettings(
    new ConfigReader({ aiMesh: { canary: { gates } } }),
  ).canary.gates.filter(({ name }) => names.includes(name));
}

const thumbsDown = {
  name: 'thumbs-down',
  title: { en: 'Thumbs down' },
  kind: 'share',
  bad: 'votes_total{rating="down",{{selector}}}',
  all: 'votes_total{ {{selector}} }',
  rollBackAbove: 0.3,
  advanceBelow: 0.2,
};

const score = (more: JsonObject) => ({
  name: 'score',
  title: { en: 'Score' },
  better: 'higher',
  rollBack: { bound: 0.5 },
  advance: { bound: 0.7 },
  ...more,
});

/** A Prometheus that has scraped these up to now, and the moment of its last scrape. */
async function started(all: ReturnType<typeof of>[]) {
  const last = Math.floor(Date.now() / 1000) - SETTLE_SECONDS;
  return { prometheus: await startPrometheus(scraped(all, last)), last };
}

/** What the minute before a moment says of the gates. */
async function lastMinute(
  prometheus: RealPrometheus,
  last: number,
  gates: ReturnType<typeof gatesOf>,
  { canary = 'v2', stable = 'v1' } = {},
) {
  const from = last - 60;
  const measures = await gatherQuality(
    {
      cluster: 'demo',
      snapshot: snapshotFromYaml(chatMesh([stable, canary])),
      canary: { host: chatHost, subset: canary },
      stable: { host: chatHost, subset: stable },
      prometheus: clientOf(prometheus, { extraLabels: { cluster: '' } }),
    },
    gates,
    from,
    60,
  );
  const learnt = takeInQuality(beginQuality(from), measures, gates, {
    scrapeSeconds: SCRAPE,
    stableHasTraffic: true,
    at: new Date(0),
  });
  return { measures, learnt };
}

describeWithPrometheus('further gates on a real Prometheus', () => {
  let running: RealPrometheus | undefined;

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  /** What the last minute says of the gates. */
  async function gather(
    all: ReturnType<typeof of>[],
    gates: ReturnType<typeof gatesOf>,
  ) {
    const { prometheus, last } = await started(all);
    running = prometheus;
    return lastMinute(prometheus, last, gates);
  }

  it('counts the events of each version one by one', async () => {
    const { measures } = await gather(
      [
        ...votes('v1', growing(9), growing(1)),
        ...votes('v2', growing(3), growing(2)),
      ],
      gatesOf(thumbsDown),
    );
    expect(measures.shares['thumbs-down']).toEqual({
      status: 'known',
      value: {
        stable: { requests: 120, bad: 12 },
        canary: { requests: 60, bad: 24 },
        born: 0,
        returned: 0,
      },
    });
    expect(measures.promql['thumbs-down'].canary).toContain(
      'votes_total{rating="down",namespace="ai",pod=~"chat-v2-',
    );
  });

  it('counts what is good as well, by names in labels, and the events before the first bad one', async () => {
    const { measures } = await gather(
      [
        ...votes('v1', growing(9), growing(1)),
        of('votes_total', 'v2', { rating: 'up' }, growing(3)),
      ],
      gatesOf({
        ...thumbsDown,
        bad: undefined,
        good: 'sum(increase(votes_total{rating="up",version="{{version}}",namespace="{{namespace}}"}[{{window}}]))',
        all: 'votes_total{version="{{version}}",namespace="{{namespace}}"}',
      } as unknown as JsonObject),
    );
    expect(measures.shares['thumbs-down']).toMatchObject({
      value: {
        stable: { requests: 120, bad: 12 },
        canary: { requests: 36, bad: 0 },
      },
    });
  });

  it('counts a counter that fell from nothing', async () => {
    const { measures } = await gather(
      [
        ...votes('v1', growing(9), growing(1)),
        ...votes(
          'v2',
          ago => (ago > 30 ? 1000 + (SINCE - ago) : 30 - ago),
          growing(2),
        ),
      ],
      gatesOf(thumbsDown),
    );
    // What it counted between the last scrape before the restart and the restart is nobody's to know.
    expect(measures.shares['thumbs-down']).toMatchObject({
      value: { canary: { requests: 30 + 24, bad: 24 } },
    });
  });

  it.each<[string, ReturnType<typeof of>[], string]>([
    [
      'a metric that does not exist',
      [],
      'Neither version has a series of votes_total.',
    ],
    [
      'negative counts',
      [
        ...votes('v1', growing(9), growing(1)),
        ...votes('v2', ago => (ago > 20 ? undefined : -500), growing(1)),
      ],
      'Prometheus answered something that is not a number of events.',
    ],
    [
      'NaN',
      [
        ...votes('v1', growing(9), growing(1)),
        ...votes('v2', ago => (ago > 20 ? undefined : NaN), growing(1)),
      ],
      'Prometheus answered something that is not a number of events.',
    ],
  ])('says why it cannot count %s', async (_, all, message) => {
    const { measures } = await gather(all, gatesOf(thumbsDown));
    expect(measures.shares['thumbs-down']).toMatchObject({
      status: 'unknown',
      message,
    });
  });

  it('does not take the absence of another metric for none', async () => {
    const gates = gatesOf({
      ...thumbsDown,
      bad: 'complaints_total{ {{selector}} }',
    });
    const { measures } = await gather(
      [
        ...votes('v1', growing(9), growing(1)),
        ...votes('v2', growing(3), growing(2)),
      ],
      gates,
    );
    expect(measures.shares['thumbs-down']).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining(
        'Neither version has a series of complaints_total',
      ),
    });
  });

  it.each([
    [
      'where it is spelt otherwise',
      '7.0',
      { status: 'known', value: { canary: { requests: 108, bad: 0 } } },
    ],
    [
      'and says where the canary has none such',
      '8',
      {
        status: 'unknown',
        message: expect.stringContaining(
          'answer_seconds_bucket of the canary has no bucket of the bound',
        ),
      },
    ],
  ])('counts the good events of a bucket %s', async (_, le, share) => {
    const answers = (version: string, bound: string) =>
      [bound, '+Inf'].map(each =>
        of('answer_seconds_bucket', version, { le: each }, growing(9)),
      );
    const { measures } = await gather(
      [...answers('v1', '7'), ...answers('v2', le)],
      gatesOf({
        name: 'quick-answers',
        title: { en: 'Quick answers' },
        kind: 'share',
        good: 'answer_seconds_bucket{le="7",{{selector}}}',
        all: 'answer_seconds_bucket{le="+Inf",{{selector}}}',
        rollBackAbove: 0.3,
        advanceBelow: 0.2,
      }),
    );
    expect(measures.shares['quick-answers']).toMatchObject(share);
  });

  it.each<[string, ReturnType<typeof of>[], string]>([
    [
      'series that were missing for a while',
      votes(
        'v2',
        ago => (ago < 500 && ago > 30 ? undefined : growing(3)(ago)),
        growing(2),
      ),
      'could not be counted whole: 1 series were missing for a while.',
    ],
    [
      'a replica of Prometheus that begins to answer',
      [
        ...votes('v2', growing(3), growing(2)),
        of('votes_total', 'v2', { rating: 'up', replica: 'b' }, ago =>
          ago > 30 ? undefined : 5000,
        ),
      ],
      'events appeared at once in series that were not there before',
    ],
    [
      'two queries that do not count the same',
      [
        of('votes_total', 'v2', { rating: 'up' }, growing(0)),
        of('complaints_total', 'v2', {}, growing(9)),
      ],
      "The gate's two queries do not count the same.",
    ],
  ])('leaves a time with %s out, for both versions', async (_, all, why) => {
    const { learnt } = await gather(
      [...votes('v1', growing(9), growing(1)), ...all],
      gatesOf(
        why.startsWith('The gate')
          ? { ...thumbsDown, bad: 'complaints_total{ {{selector}} }' }
          : thumbsDown,
      ),
    );
    const share = learnt.shares['thumbs-down'];
    expect(inBothLanguages(said(share.leftOut as Words)).message).toContain(
      why,
    );
    expect(share.evidence.step.stable.requests).toBe(0);
  });

  it('estimates what a request costs by the price table, and not where a model has no price', async () => {
    const calls = (version: string, model: string) => [
      ...(['input', 'output'] as const).map((type, index) =>
        of(
          'gen_ai_client_token_usage_sum',
          version,
          { gen_ai_token_type: type, gen_ai_request_model: model },
          growing(100 / (index + 1)),
        ),
      ),
      of(
        'gen_ai_client_operation_duration_seconds_count',
        version,
        { gen_ai_request_model: model },
        growing(1),
      ),
    ];
    const price = (model: string, input: number, more: JsonObject = {}) => ({
      model,
      inputPerMillion: input,
      outputPerMillion: 3 * input,
      currency: 'EUR',
      validFrom: '2024-01-01',
      ...more,
    });
    const { gates } = readSettings(
      new ConfigReader({
        aiMesh: {
          slo: {
            prices: [
              price('swift', 5),
              price('sage-*', 10),
              price('sage-4', 20),
              price('sage-4', 900, { validFrom: '2999-01-01' }),
            ],
          },
        },
      }),
    ).canary;
    const cost = gates.filter(({ name }) => name === 'cost-per-request');
    const { measures } = await gather(
      [
        ...calls('v1', 'swift'),
        ...calls('v2', 'sage-4'),
        ...calls('v2', 'sage-5'),
      ],
      cost,
    );
    expect(cost[0].title.en).toBe('Estimated cost of a request, EUR');
    // 100 tokens in, 50 out.
    const found = measures.numbers['cost-per-request'];
    expect(found.stable).toMatchObject({
      value: { value: expect.closeTo((5 * 100 + 15 * 50) / 1e6, 9) },
    });
    expect(found.canary).toMatchObject({
      value: { value: expect.closeTo((15 * 100 + 45 * 50) / 1e6, 9) },
    });
    await running?.stop();
    const unpriced = await gather(
      [...calls('v1', 'swift'), ...calls('v2', 'swift'), ...calls('v2', 'new')],
      cost,
    );
    expect(unpriced.measures.numbers['cost-per-request']).toMatchObject({
      stable: { status: 'known' },
      canary: { status: 'unknown' },
    });
  });

  it('takes what a histogram or a sum of squares tells of a mean, and begins its test', async () => {
    const histogram = (version: string) => [
      of('score_sum', version, {}, growing(8)),
      of('score_count', version, {}, growing(10)),
      of('score_squares', version, {}, growing(7)),
      ...[
        ['0.5', 3],
        ['1.0', 10],
        ['+Inf', 10],
      ].map(([le, perScrape]) =>
        of('score_bucket', version, { le: String(le) }, ago =>
          growing(Number(perScrape))(ago),
        ),
      ),
    ];
    const mean = (more: JsonObject) =>
      score({
        kind: 'mean',
        sum: 'score_sum{ {{selector}} }',
        count: 'score_count{ {{selector}} }',
        ...more,
      });
    const { measures, learnt } = await gather(
      [...histogram('v1'), ...histogram('v2')],
      gatesOf(
        mean({ name: 'by-buckets' }),
        mean({
          name: 'by-squares',
          squares: 'score_squares{ {{selector}} }',
        }),
      ),
    );
    for (const version of ['canary', 'stable'] as const) {
      const buckets = measures.means!['by-buckets']![version];
      expect(buckets.count).toBeGreaterThan(0);
      expect(buckets.sum / buckets.count).toBeCloseTo(0.8);
      // Seven of ten at most 1 and three at most 0.5, with the sum that they have.
      expect(buckets.squares / buckets.count).toBeCloseTo(0.75);
      const squares = measures.means!['by-squares']![version];
      expect(squares.squares / squares.count).toBeCloseTo(0.7);
    }
    expect(learnt.means!['by-buckets'].evidence.step.canary.count).toBe(
      measures.means!['by-buckets']!.canary.count,
    );
  });

  it('takes means and values, each with its cause where there is none', async () => {
    const { measures, learnt } = await gather(
      [
        of('score_sum', 'v1', {}, growing(8)),
        of('score_count', 'v1', {}, growing(10)),
        of('score', 'v1', {}, () => 0.8),
        of('score', 'v2', { judge: 'a' }, () => 0.7),
        of('score', 'v2', { judge: 'b' }, () => 0.9),
      ],
      gatesOf(
        score({
          name: 'mean',
          kind: 'mean',
          sum: 'score_sum{ {{selector}} }',
          count: 'score_count{ {{selector}} }',
        }),
        score({
          name: 'many',
          kind: 'value',
          query: 'max_over_time(score{ {{selector}} }[{{window}}])',
        }),
        score({
          name: 'one',
          kind: 'value',
          query: 'avg(score{ {{selector}} })',
        }),
        score({
          name: 'nan',
          kind: 'value',
          query: 'sum(score{ {{selector}} } * 0) / 0',
        }),
        score({
          name: 'wrong',
          kind: 'value',
          query: 'score{ {{selector}} } + on (version) score{ {{selector}} }',
        }),
      ),
    );
    expect(measures.numbers.mean.stable).toMatchObject({
      status: 'known',
      value: { value: expect.closeTo(0.8, 9) },
    });
    expect(measures.numbers.mean.canary).toMatchObject({
      message: 'There is no series of score_sum.',
    });
    // No histogram tells how much its values scatter: its bounds judge it.
    expect(measures.means?.mean).toBeUndefined();
    expect(learnt.means).toEqual({});
    expect(measures.numbers.many.canary).toMatchObject({
      message: expect.stringContaining('The query gives 2 series'),
    });
    expect(measures.numbers.one).toMatchObject({
      canary: { value: { value: 0.8 } },
      stable: { value: { value: 0.8 } },
    });
    expect(measures.numbers.nan.canary).toMatchObject({
      message: 'The query gives something that is no number.',
    });
    expect(measures.numbers.wrong.canary.status).toBe('unknown');
    expect(learnt.stable).toMatchObject({
      one: { value: 0.8 },
      mean: { value: 0.8 },
    });
  });
});

/** What the answers of a version are like: shares of 200 a scrape, a mean, and euros of tokens. */
interface Answers {
  down: number;
  score: number;
  cutOff: number;
  refused: number;
  empty: number;
  fallback: number;
  model: string;
}

const GOOD: Answers = {
  down: 0.1,
  score: 0.8,
  cutOff: 0.01,
  refused: 0.01,
  empty: 0.005,
  fallback: 0.01,
  model: 'swift',
};
const WORSE: Answers = {
  down: 0.5,
  score: 0.6,
  cutOff: 0.2,
  refused: 0.2,
  empty: 0.15,
  fallback: 0.2,
  model: 'sage',
};

/** The series that the built-in gates are made for, by the names of those who export them. */
function exported(version: string, answers: Answers) {
  const ALL = 200;
  const count = (
    metric: string,
    labels: Record<string, string>,
    share: number,
  ) => of(metric, version, labels, growing(ALL * share));
  const { cutOff, refused, empty } = answers;
  return [
    count('ai_feedback_total', { rating: 'down' }, answers.down),
    count('ai_feedback_total', { rating: 'up' }, 1 - answers.down),
    count('gen_ai_evaluation_score_sum', {}, answers.score),
    count('gen_ai_evaluation_score_count', {}, 1),
    ...Object.entries({
      length: cutOff,
      content_filter: refused,
      empty,
      stop: 1 - cutOff - refused - empty,
    }).map(([finish_reason, share]) =>
      count('ai_answers_total', { finish_reason }, share),
    ),
    count('ai_circuit_fallback_total', {}, answers.fallback),
    count('ai_model_requests_total', {}, 1),
    ...['input', 'output'].map(type =>
      count(
        'gen_ai_client_token_usage_sum',
        { gen_ai_token_type: type, gen_ai_request_model: answers.model },
        100,
      ),
    ),
    count(
      'gen_ai_client_operation_duration_seconds_count',
      { gen_ai_request_model: answers.model },
      1,
    ),
  ];
}

/** The same as an exporter writes it that has another prefix, other units, and no `_total`. */
const respelt = (all: ReturnType<typeof of>[]) =>
  all.map(({ series, sample }) => ({
    series: `edge_${series}`
      .replace(
        'operation_duration_seconds_count',
        'operation_milliseconds_count',
      )
      .replace('token_usage_sum', 'token_usage_tokens_sum')
      .replace(/_total(?=\{)/, ''),
    sample,
  }));

const vllm = (version: string, { cutOff }: Answers) =>
  Object.entries({ length: cutOff, stop: 1 - cutOff }).map(
    ([finished_reason, share]) =>
      of(
        'vllm:request_success_total',
        version,
        { finished_reason },
        growing(200 * share),
      ),
  );

describeWithPrometheus('the built-in gates on a real Prometheus', () => {
  let prometheus: RealPrometheus;
  let last: number;
  const price = (model: string, perMillion: number) => ({
    model,
    inputPerMillion: perMillion,
    outputPerMillion: perMillion,
    currency: 'EUR',
    validFrom: '2024-01-01',
  });
  // Those of a pool are judged where there are pools.
  const gates = readSettings(
    new ConfigReader({
      aiMesh: { slo: { prices: [price('swift', 5), price('sage', 20)] } },
    }),
  ).canary.gates.filter(({ name }) => !name.startsWith('pool-'));

  beforeAll(async () => {
    ({ prometheus, last } = await started([
      ...exported('stable', GOOD),
      ...exported('good', GOOD),
      ...exported('worse', WORSE),
      ...respelt(exported('other-stable', GOOD)),
      ...respelt(exported('other-good', GOOD)),
      ...respelt(exported('other-worse', WORSE)),
      ...respelt(vllm('kserve-stable', GOOD)),
      ...respelt(vllm('kserve-worse', WORSE)),
      ...vllm('vllm-stable', GOOD),
      ...vllm('vllm-good', GOOD),
      ...vllm('vllm-worse', WORSE),
    ]));
  }, 60_000);

  afterAll(() => prometheus?.stop());

  async function findings(stable: string, canary: string) {
    const { measures, learnt } = await lastMinute(prometheus, last, gates, {
      stable,
      canary,
    });
    const check = judge(
      context(evidence(), {
        quality: {
          gates,
          missing: [],
          measures,
          evidence: known(learnt),
          judged: [],
        },
      }),
      undefined,
      {},
      new Date(0),
    );
    return Object.fromEntries(
      check.gates
        .filter(({ gate }) => gates.some(({ name }) => name === gate))
        .map(({ gate, outcome, holdReason, message }) => [
          gate,
          { outcome, holdReason, message },
        ]),
    );
  }

  const names = [
    'thumbs-down',
    'evaluation-score',
    'cut-off',
    'guardrail-refusals',
    'empty-answers',
    'fallback-answers',
    'cost-per-request',
  ];
  const each = (outcome: object) =>
    Object.fromEntries(
      names.map(name => [name, expect.objectContaining(outcome)]),
    );

  it('take back what is worse, each by its own series', async () => {
    const found = await findings('stable', 'worse');
    expect(found).toEqual(each({ outcome: 'breach' }));
    expect(found['cut-off'].message).toBe(
      "20% of 2,400 events were bad, of the stable version's 2,400 it was 1%: more than 10%, and not by chance.",
    );
    expect(found['evaluation-score'].message).toBe(
      "0.6, the stable version's is 0.8: beyond its bound to roll back.",
    );
    expect(found['cost-per-request'].message).toBe(
      "0.004, the stable version's is 0.001: beyond its bound to roll back.",
    );
  });

  it('let pass what is as good', async () => {
    expect(await findings('stable', 'good')).toEqual(each({ outcome: 'pass' }));
  });

  it('hold where the canary alone does not export its series', async () => {
    const found = await findings('stable', 'silent');
    expect(found).toEqual(each({ outcome: 'hold' }));
    expect(found['thumbs-down']).toMatchObject({
      holdReason: 'insufficient-traffic',
      message: 'The canary had 0 events of the 20 that an advance needs.',
    });
    expect(found['evaluation-score']).toMatchObject({
      holdReason: 'no-data',
      message: expect.stringContaining(
        'There is no series of gen_ai_evaluation_score_sum.',
      ),
    });
  });

  it('have no say where neither version does, and say so', async () => {
    const found = await findings('mute', 'silent');
    expect(found).toEqual(each({ outcome: 'not-applicable' }));
    expect(found['empty-answers'].message).toBe(
      'Neither version has a series of ai_answers_total.',
    );
  });

  it.each([
    ['worse', 'breach'],
    ['good', 'pass'],
  ])(
    'find their series in any spelling, of a version that is %s',
    async (version, outcome) => {
      expect(await findings('other-stable', `other-${version}`)).toEqual(
        each({ outcome }),
      );
      // Each version by its own: the new one's exporter may be another.
      expect(await findings('stable', `other-${version}`)).toEqual(
        each({ outcome }),
      );
    },
  );

  it('count the answers that vLLM cut off', async () => {
    expect(
      (await findings('kserve-stable', 'kserve-worse'))['cut-off'],
    ).toMatchObject({ outcome: 'breach' });
    expect(
      (await findings('vllm-stable', 'vllm-worse'))['cut-off'],
    ).toMatchObject({ outcome: 'breach' });
    expect(
      (await findings('vllm-stable', 'vllm-good'))['cut-off'],
    ).toMatchObject({ outcome: 'pass' });
  });
});
