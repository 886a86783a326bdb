import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSettings } from '../../config/readSettings';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../../prometheus/__testUtils__/startPrometheus';
import { HttpPrometheusClient } from '../../prometheus/HttpPrometheusClient';
import { beginQuality, takeInQuality } from '../gates';
import { SETTLE_SECONDS } from './countQueries';
import { gatherQuality } from './gatherQuality';

const host = 'chat.ai.svc.cluster.local';

const mesh = `
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ai }
spec: { selector: { app: chat }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: ai }
spec:
  host: chat
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
---
${['v1', 'v2']
  .map(
    version => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat-${version}, namespace: ai }
spec: { template: { metadata: { labels: { app: chat, version: ${version} } } } }
---`,
  )
  .join('')}`;

/** A series by how many seconds ago it was scraped; undefined: it was not there. */
type Sample = (secondsAgo: number) => number | undefined;

const SCRAPE = 5;
const SINCE = 900;

/** Grows by so many a scrape, from 1000 on. */
const growing =
  (perScrape: number): Sample =>
  ago =>
    1000 + ((SINCE - ago) / SCRAPE) * perScrape;

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
    const last = Math.floor(Date.now() / 1000) - SETTLE_SECONDS;
    const lines = all.flatMap(({ series, sample }) =>
      Array.from({ length: SINCE / SCRAPE + 1 }, (_, i) => SINCE - i * SCRAPE)
        .map(ago => [ago, sample(ago)] as const)
        .filter(([, value]) => value !== undefined)
        .map(([ago, value]) => `${series} ${value} ${last - ago}`),
    );
    running = await startPrometheus([...lines, '# EOF', ''].join('\n'));
    const from = last - 60;
    const measures = await gatherQuality(
      {
        cluster: 'demo',
        snapshot: snapshotFromYaml(mesh),
        canary: { host, subset: 'v2' },
        stable: { host, subset: 'v1' },
        prometheus: new HttpPrometheusClient({
          cluster: 'demo',
          settings: {
            url: running.url,
            auth: { type: 'none' },
            headers: {},
            extraLabels: { cluster: '' },
            tls: { skipVerify: false },
            timeoutMs: 10_000,
            cacheTtlMs: 10_000,
          },
        }),
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
    expect(share.leftOut).toContain(why);
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
      value: { value: 0.8 },
    });
    expect(measures.numbers.mean.canary).toMatchObject({
      message: 'There is no series of score_sum.',
    });
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
