import {
  overviewSchema,
  slosSchema,
  topologySchema,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { parse } from 'yaml';
import { ClusterObject } from './__testUtils__/ClusterObject';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import {
  remoteWrite,
  type NativeSample,
} from './prometheus/__testUtils__/remoteWrite';
import {
  describeWithPrometheus,
  startNativePrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(120_000);

const MINUTES = 90;

interface Rule {
  record?: string;
  expr: string;
  labels?: Record<string, string>;
}

const process = {
  namespace: 'ai-services',
  pod: 'llm-gateway-service-6d4cf56db6-x7k2p',
  gen_ai_provider_name: 'acme',
};
const duration = 'gen_ai_client_operation_duration_seconds';

/** What every minute adds: seconds, or tokens, in buckets up to 2, 4, 8, ... */
const perMinute: Omit<NativeSample, 'atMs'>[] = [
  // 100 answers, 90 of them within 4 s; the model that answered is the one that was asked for.
  {
    labels: { __name__: duration, gen_ai_request_model: 'smart-1' },
    buckets: [60, 30, 10],
    firstBucket: 1,
    sum: 220,
  },
  {
    labels: {
      __name__: duration,
      gen_ai_request_model: 'smart-1',
      error_type: 'timeout',
    },
    buckets: [1],
    firstBucket: 3,
    sum: 6,
  },
  // Nobody asked for a model by name here: it goes by the one that answered.
  {
    labels: { __name__: duration, gen_ai_response_model: 'small-1' },
    buckets: [50],
    firstBucket: 1,
    sum: 75,
  },
  ...[
    ['input', 600],
    ['output', 300],
  ].map(([type, tokens]) => ({
    labels: {
      __name__: 'gen_ai_client_token_usage',
      gen_ai_request_model: 'smart-1',
      gen_ai_token_type: type as string,
    },
    buckets: [101],
    firstBucket: 3,
    sum: tokens as number,
  })),
];

/** A call whose proxies export native histograms alone, which Istio does where Prometheus asks for them. */
const call = {
  reporter: 'source',
  source_workload: 'ai-orchestrator',
  source_workload_namespace: 'ai-services',
  destination_service: 'vector-store.ai-services.svc.cluster.local',
  destination_service_name: 'vector-store',
  destination_service_namespace: 'ai-services',
  destination_workload: 'vector-store',
  destination_workload_namespace: 'ai-services',
  destination_version: 'v1',
  request_protocol: 'http',
  response_code: '200',
  response_flags: '-',
};
const callsPerMinute: Omit<NativeSample, 'atMs'> = {
  labels: { ...call, __name__: 'istio_request_duration_milliseconds' },
  // Up to 512, 1024 and 2048 ms.
  buckets: [60, 30, 10],
  firstBucket: 9,
  sum: 60_000,
};

/** The same version, as a waypoint names it: by the release. */
const byWaypoint = {
  ...call,
  reporter: 'waypoint',
  source_workload: 'web',
  destination_version: '2.0.0',
};
const STORE = '/apis/apps/v1/namespaces/ai-services/statefulsets/vector-store';

const value = <T>(measured: Measured<T>) => {
  if (measured.status === 'unknown') {
    throw new Error(`${measured.reason}: ${measured.message}`);
  }
  return measured.value;
};

describeWithPrometheus('SLOs of native histograms alone', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let portal: Portal;
  /** Of the last samples, however long the portal took to start. */
  let at: string;

  beforeAll(async () => {
    [sandbox, prometheus] = await Promise.all([
      startSandbox(),
      startNativePrometheus(),
    ]);
    const now = Math.floor(Date.now() / 1000) * 1000;
    at = new Date(now).toISOString();
    for (let minute = 0; minute <= MINUTES; minute++) {
      const atMs = now - (MINUTES - minute) * 60_000;
      const grown = ({
        labels,
        buckets,
        firstBucket,
        sum,
      }: typeof callsPerMinute) => ({
        labels,
        atMs,
        buckets: buckets.map(count => count * minute),
        firstBucket,
        sum: sum * minute,
      });
      await remoteWrite(prometheus.url, [
        ...perMinute.map(one =>
          grown({ ...one, labels: { ...process, ...one.labels } }),
        ),
        ...[call, byWaypoint].flatMap(labels => [
          grown({
            ...callsPerMinute,
            labels: { ...callsPerMinute.labels, ...labels },
          }),
          {
            labels: { ...labels, __name__: 'istio_requests_total' },
            atMs,
            value: 100 * minute,
          },
        ]),
      ]);
    }
    await new ClusterObject(sandbox, STORE).patch([
      {
        op: 'add',
        path: '/spec/template/metadata/labels/app.kubernetes.io~1version',
        value: '2.0.0',
      },
    ]);
    portal = await startPortal(
      [clusterOn(sandbox, { prometheus: { url: prometheus.url } })],
      [
        component('gateway', {
          'ai-mesh.io/service': 'ai-services/llm-gateway-service',
        }),
        component('store', {
          'ai-mesh.io/service': 'ai-services/vector-store',
        }),
      ],
      {
        slo: {
          objectives: [
            {
              availability: { targetPercent: 99.5 },
              latency: { targetPercent: 90, threshold: '4s' },
            },
          ],
        },
      },
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  it('counts requests, failures, tokens and quick answers, and tells percentiles', async () => {
    const response = await portal.read('gateway/slos?window=1h');
    expect(response.status).toBe(200);
    const { dialect, models } = slosSchema.parse(response.body);
    expect(dialect.name).toBe('opentelemetry-genai');
    expect(models.map(({ model }) => model).sort()).toEqual([
      'small-1',
      'smart-1',
    ]);
    const smart = models.find(({ model }) => model === 'smart-1')!;
    expect(value(smart.requestsPerSecond)).toBeCloseTo(101 / 60, 3);
    expect(value(smart.errorRatio)).toBeCloseTo(1 / 101, 4);
    expect(value(smart.tokensPerSecond)).toBeCloseTo(900 / 60, 2);
    const p99 = value(smart.p99).valueMs;
    expect(p99).toBeGreaterThan(4000);
    expect(p99).toBeLessThanOrEqual(8000);
    const sli = (id: string) =>
      value(
        smart.objectives.find(({ objective }) => objective.id.startsWith(id))!
          .sli,
      );
    expect(sli('default-latency')).toBeCloseTo(90 / 101, 4);
    expect(sli('default-availability')).toBeCloseTo(100 / 101, 4);
    const small = models.find(({ model }) => model === 'small-1')!;
    expect(value(small.p99).valueMs).toBeLessThanOrEqual(2000);
  });

  it("tells how long calls take by the proxies' as well, in every view", async () => {
    const read = async (view: string) =>
      (await portal.read(`store/${view}?at=${at}`)).body;
    const { traffic } = overviewSchema.parse(await read('overview'));
    const p95 = {
      status: 'known',
      value: {
        valueMs: expect.closeTo(1536, 0),
        lowerBoundMs: 1024,
        upperBoundMs: 2048,
      },
    };
    expect(traffic.total.p95).toEqual(p95);
    const { edges } = topologySchema.parse(await read('topology'));
    expect(edges.map(edge => edge.traffic.p95)).toContainEqual(p95);
    const { models, dialect } = slosSchema.parse(await read('slos'));
    expect(dialect.name).toBe('istio');
    expect(models.map(({ model }) => model)).toEqual(['v1']);
    expect(value(models[0].requestsPerSecond)).toBeCloseTo(200 / 60, 3);
    const p99 = value(models[0].p99).valueMs;
    expect(p99).toBeGreaterThan(1024);
    expect(p99).toBeLessThanOrEqual(2048);
    const latency = models[0].objectives.find(({ objective }) =>
      objective.id.startsWith('default-latency'),
    )!;
    expect(value(latency.sli)).toBe(1);
    // Of the last hour, on both sides.
    expect(value(latency.events)).toBeGreaterThan(200 * 58);
  });

  it('makes rules that count the same', async () => {
    const response = await portal.read('gateway/slos/rules');
    expect(response.status).toBe(200);
    const rules: Rule[] = parse(response.text).groups.flatMap(
      (group: { rules: Rule[] }) => group.rules,
    );
    const byModel = async (record: string, labels = {}) => {
      const rule = rules.find(
        one =>
          one.record === record &&
          Object.entries(labels).every(
            ([name, wanted]) => one.labels?.[name] === wanted,
          ),
      )!;
      const answer = await fetch(`${prometheus.url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({ query: rule.expr }),
      });
      const { data } = await answer.json();
      return Object.fromEntries(
        data.result.map(
          (row: { metric: { model: string }; value: [number, string] }) => [
            row.metric.model,
            Number(row.value[1]),
          ],
        ),
      );
    };
    const hour = 'ai_mesh:slo_events:increase1h';
    const objective = 'default-latency';
    expect(await byModel(hour, { objective, events: 'total' })).toEqual({
      'smart-1': expect.closeTo(6060, 0),
      'small-1': expect.closeTo(3000, 0),
    });
    expect(await byModel(hour, { objective, events: 'bad' })).toEqual({
      'smart-1': expect.closeTo(660, 0),
      'small-1': expect.closeTo(0, 0),
    });
    expect(await byModel('ai_mesh:model_latency_p99_seconds')).toEqual({
      // The last of 101 answers a minute are evenly spread over 4 to 8 s.
      'smart-1': expect.closeTo(4 + 4 * (1 - 1.01 / 11), 1),
      'small-1': expect.closeTo(1.99, 1),
    });
  });
});
