import {
  slosSchema,
  type Measured,
  type ModelSlos,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { parse } from 'yaml';
import { ClusterObject } from './__testUtils__/ClusterObject';
import type { Rule } from './slo/rules/ruleGroups';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(120_000);

const MINUTES = 180;
const now = Math.floor(Date.now() / 1000);
const AWKWARD = `"quoted" \\ back\nslash {{ braces }} 🦊 ${'x'.repeat(460)}`;

/** Where a service's pods are, as labels of their series. */
const pod = (workload: string) =>
  `namespace="ai-services",pod="${workload}-6d4cf56db6-x7k2p"`;

/** A counter that grows evenly, a sample a minute; from `resetAt` minutes on it begins again at nothing. */
function counter(
  series: string,
  perMinute: number,
  { until = MINUTES, resetAt = Infinity } = {},
): string[] {
  return Array.from({ length: until + 1 }, (_, minute) => {
    const since = minute < resetAt ? minute : minute - resetAt;
    return `${series} ${since * perMinute} ${now - (MINUTES - minute) * 60}`;
  });
}

function escaped(value: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
}

const spring = `${pod('llm-gateway-service')},gen_ai_request_model="smart-1",gen_ai_system="acme"`;
const vllm = `${pod('local-model-service')},model_name="small-8b"`;
/** What proxies say of a called service, whoever reports. */
const called = (service: string) =>
  `destination_service="${service}.ai-services.svc.cluster.local",destination_service_name="${service}",destination_service_namespace="ai-services",destination_workload="${service}",destination_workload_namespace="ai-services",response_flags="-",connection_security_policy="unknown"`;
const istio = (service: string, more: string) =>
  `istio_requests_total{reporter="source",source_workload="web",source_workload_namespace="ai-services",${called(service)},request_protocol="${more.includes('grpc') ? 'grpc' : 'http'}",${more}}`;
const DURATION = 'istio_request_duration_milliseconds_bucket';
const acrossClusters = (
  reporter: string,
  cluster: string,
  more: string,
  metric = 'istio_requests_total',
) =>
  `${metric}{reporter="${reporter}",source_workload="ai-orchestrator",source_workload_namespace="ai-services",source_cluster="${cluster}",${called('vector-store')},request_protocol="http",destination_version="v1",${more}}`;
/**
 * Callers whose cluster one side alone names; what the other says of the same answers, that each took half a minute
 * longer, does not count.
 */
const half = (service: string, [ofCaller, ofCalled]: [string, string]) =>
  (
    [
      ['source', ofCaller, 60],
      ['destination', ofCalled, 0],
    ] as const
  ).flatMap(([reporter, clusters, quick]) => {
    const labels = (more: string) =>
      `{reporter="${reporter}",source_workload="web",source_workload_namespace="ai-services",${clusters}${called(service)},request_protocol="http",destination_version="v1",${more}}`;
    return [
      ...counter(`istio_requests_total${labels('response_code="200"')}`, 60),
      ...(
        [
          ['1000', quick * 0.9],
          ['30000', quick],
          ['60000', 60],
          ['+Inf', 60],
        ] as const
      ).flatMap(([le, perMinute]) =>
        counter(`${DURATION}${labels(`le="${le}"`)}`, perMinute),
      ),
    ];
  });
const NAMED = 'source_cluster="demo",destination_cluster="demo",';
/** One version, and what its sidecars and its waypoint call it. */
const recast = (
  reporter: string,
  version: string,
  reported: string,
  more: string,
  metric = 'istio_requests_total',
) =>
  `${metric}{reporter="${reporter}",source_workload="${reporter}-caller",source_workload_namespace="ai-services",${called('recast').replace('"recast",destination_workload_namespace', `"recast-${version}",destination_workload_namespace`)},request_protocol="http",destination_version="${reported}",${more}}`;
const extension = `${pod('qa-service')},model_name="base",target_model_name="base-v2"`;
const hand = pod('ai-chat-service-v1');

const samples = [
  // Spring AI: 60 requests a minute, one in a hundred fails, and a failed one has no model that answered.
  ...counter(
    `gen_ai_client_operation_seconds_count{${spring},gen_ai_response_model="smart-1-0613",error="none"}`,
    59.4,
  ),
  ...counter(
    `gen_ai_client_operation_seconds_count{${spring},error="Timeout"}`,
    0.6,
  ),
  ...counter(
    `gen_ai_client_token_usage_total{${spring},gen_ai_token_type="input"}`,
    600,
  ),
  ...counter(
    `gen_ai_client_token_usage_total{${spring},gen_ai_token_type="output"}`,
    300,
  ),
  ...counter(
    `gen_ai_client_token_usage_total{${spring},gen_ai_token_type="total"}`,
    900,
  ),
  // vLLM: 90 answers a minute, and 5 that it ended without one; Istio saw 10 failures, those among them.
  ...counter(`vllm:request_success_total{${vllm},finished_reason="stop"}`, 60),
  ...counter(
    `vllm:request_success_total{${vllm},finished_reason="length"}`,
    30,
  ),
  ...counter(`vllm:request_success_total{${vllm},finished_reason="abort"}`, 3),
  ...counter(`vllm:request_success_total{${vllm},finished_reason="error"}`, 2),
  ...counter(
    istio(
      'local-model-service',
      'destination_version="v1",response_code="200"',
    ),
    90,
  ),
  ...counter(
    istio(
      'local-model-service',
      'destination_version="v1",response_code="503"',
    ),
    10,
  ),
  ...[
    ['10', 80],
    ['20', 84],
    ['40.0', 88],
    ['+Inf', 90],
  ].flatMap(([le, perMinute]) =>
    counter(
      `vllm:e2e_request_latency_seconds_bucket{${vllm},le="${le}"}`,
      perMinute as number,
    ),
  ),
  // The Inference Extension: 20 a minute without one error, through a restart.
  ...counter(`inference_model_request_total{${extension}}`, 20, {
    resetAt: 150,
  }),
  // Istio alone: two versions; a gRPC failure arrives as HTTP 200.
  ...counter(
    istio('api-gateway', 'destination_version="v1",response_code="200"'),
    30,
  ),
  ...counter(
    istio(
      'api-gateway',
      'destination_version="v2",response_code="200",grpc_response_status="0"',
    ),
    9,
  ),
  ...counter(
    istio(
      'api-gateway',
      'destination_version="v2",response_code="200",grpc_response_status="14"',
    ),
    1,
  ),
  // Callers in two clusters: the other's proxies report elsewhere, so that only the called side tells of them.
  ...['source', 'destination'].flatMap(reporter =>
    counter(acrossClusters(reporter, 'east', 'response_code="200"'), 60),
  ),
  ...counter(acrossClusters('destination', 'west', 'response_code="503"'), 180),
  ...['source', 'destination'].flatMap(reporter =>
    [
      ['1000', 54],
      ['30000', 60],
      ['+Inf', 60],
    ].flatMap(([le, perMinute]) =>
      counter(
        acrossClusters(reporter, 'east', `le="${le}"`, DURATION),
        perMinute as number,
      ),
    ),
  ),
  ...[
    ['1000', 0],
    ['30000', 0],
    ['+Inf', 180],
  ].flatMap(([le, perMinute]) =>
    counter(
      acrossClusters('destination', 'west', `le="${le}"`, DURATION),
      perMinute as number,
    ),
  ),
  ...half('half-caller', [NAMED, '']),
  ...half('half-called', ['', NAMED]),
  // Two versions: sidecars name each by one label, a waypoint by another, which changed with v1's last release.
  ...counter(recast('source', 'v1', 'v1', 'response_code="200"'), 30),
  ...counter(recast('waypoint', 'v1', '1.3.0', 'response_code="200"'), 20, {
    until: 60,
  }),
  ...counter(recast('waypoint', 'v1', '1.4.0', 'response_code="503"'), 10),
  ...counter(recast('source', 'v2', 'v2', 'response_code="200"'), 60),
  ...counter(recast('waypoint', 'v2', '1.5.0', 'response_code="200"'), 20),
  ...counter(recast('waypoint', 'v2', '1.5.0', 'response_code="503"'), 20),
  ...['v2', '1.5.0'].flatMap(version =>
    [
      ['1000', version === 'v2' ? 60 : 0],
      ['30000', version === 'v2' ? 60 : 20],
      ['+Inf', version === 'v2' ? 60 : 40],
    ].flatMap(([le, perMinute]) =>
      counter(
        recast(
          version === 'v2' ? 'source' : 'waypoint',
          'v2',
          version,
          `le="${le}"`,
          DURATION,
        ),
        perMinute as number,
      ),
    ),
  ),
  // By hand: counters only; 2 fallbacks a minute hide one counted error and one call that was never made.
  ...counter(
    `ai_model_requests_total{${hand},model="fast-1",status="success"}`,
    99,
  ),
  ...counter(
    `ai_model_requests_total{${hand},model="fast-1",status="error"}`,
    1,
  ),
  ...counter(`ai_circuit_fallback_total{${hand},model="fast-1"}`, 2),
  ...counter(
    `ai_model_requests_total{${hand},model="gone-1",status="success"}`,
    10,
    { until: 60 },
  ),
  ...counter(
    `ai_model_requests_total{${hand},model="${escaped(AWKWARD)}",status="success"}`,
    0.2,
  ),
];

const labelled = (version: string, release: string, more: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'ai-services', name: `recast-${version}` },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'recast', ...more } },
    template: {
      metadata: {
        labels: {
          app: 'recast',
          ...more,
          version,
          'app.kubernetes.io/version': release,
        },
      },
      spec: { containers: [{ name: 'chat', image: 'chat:1' }] },
    },
  },
});

const serviceObject = (name: string) => ({
  [`/api/v1/namespaces/ai-services/services/${name}`]: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'ai-services', name },
    spec: {
      selector: { app: name },
      ports: [{ name: 'http', port: 8080 }],
    },
  },
});

/** A Service of two versions, of which one Deployment selects its pods by theirs; others that nothing runs for. */
const objects = {
  ...serviceObject('half-caller'),
  ...serviceObject('half-called'),
  ...serviceObject('recast'),
  '/apis/apps/v1/namespaces/ai-services/deployments/recast-v1': labelled(
    'v1',
    '1.4.0',
    { version: 'v1' },
  ),
  '/apis/apps/v1/namespaces/ai-services/deployments/recast-v2': labelled(
    'v2',
    '1.5.0',
    { track: 'canary' },
  ),
};

const value = <T>(measured: Measured<T>) => {
  if (measured.status === 'unknown') {
    throw new Error(`${measured.reason}: ${measured.message}`);
  }
  return measured.value;
};

describeWithPrometheus('SLOs, against figures worked out by hand', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let portal: Portal;

  beforeAll(async () => {
    [sandbox, prometheus] = await Promise.all([
      startSandbox(),
      startPrometheus(`${grouped(samples).join('\n')}\n# EOF\n`),
    ]);
    for (const [path, object] of Object.entries(objects)) {
      await new ClusterObject(sandbox, path).create(object);
    }
    portal = await startPortal(
      [clusterOn(sandbox, { prometheus: { url: prometheus.url } })],
      [
        ...[
          'llm-gateway-service',
          'local-model-service',
          'qa-service',
          'api-gateway',
          'ai-chat-service',
          'ai-orchestrator',
          'vector-store',
          'recast',
          'half-caller',
          'half-called',
        ].map(name =>
          component(name, { 'ai-mesh.io/service': `ai-services/${name}` }),
        ),
        component('forced', {
          'ai-mesh.io/service': 'ai-services/local-model-service',
          'ai-mesh.io/metrics': 'istio',
        }),
        component('mistyped', {
          'ai-mesh.io/service': 'ai-services/local-model-service',
          'ai-mesh.io/metrics': 'vlm',
        }),
      ],
      {
        slo: {
          objectives: [
            {
              models: ['fast-*'],
              availability: { targetPercent: 99.5, fallbacksAreBad: true },
            },
            {
              models: ['v2'],
              availability: { targetPercent: 99 },
              latency: { targetPercent: 90, threshold: '30s' },
            },
            {
              availability: { targetPercent: 99.5 },
              latency: { targetPercent: 90, threshold: '30s' },
            },
          ],
          prices: [
            {
              model: 'smart-*',
              inputPerMillion: 2,
              outputPerMillion: 8,
              currency: 'EUR',
            },
            { model: 'small-8b', inputPerMilion: 1 },
          ],
          links: [
            {
              title: 'Grafana',
              url: 'https://grafana.example/d/x?ns={namespace}&e={entityRef}',
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

  /** As of the last samples, however long the portal took to start; or of the present. */
  async function slos(name: string, at?: number): Promise<Slos> {
    const moment = at ? `&at=${new Date(at * 1000).toISOString()}` : '';
    const response = await portal.read(`${name}/slos?window=1h${moment}`);
    expect(response.status).toBe(200);
    return slosSchema.parse(response.body);
  }

  function objective(model: ModelSlos, id: string) {
    return model.objectives.find(one => one.objective.id.startsWith(id))!;
  }

  it('merges the model that was asked for with the one that answered, and counts no token twice (Spring AI)', async () => {
    const { models, dialect, queries, links, problems } = await slos(
      'llm-gateway-service',
      now,
    );
    expect(dialect.name).toBe('spring-ai');
    expect(models).toHaveLength(1);
    const [model] = models;
    expect(model).toMatchObject({
      model: 'smart-1',
      answeredBy: ['smart-1-0613'],
      provider: 'acme',
      reporting: true,
    });
    expect(value(model.requestsPerSecond)).toBeCloseTo(1, 3);
    expect(value(model.errorRatio)).toBeCloseTo(0.01, 4);
    expect(value(model.tokensPerSecond)).toBeCloseTo(15, 2);
    expect(value(model.tokensPerRequest)).toBeCloseTo(15, 2);
    // An hour: 36,000 in at 2 and 18,000 out at 8 a million = 0.072 + 0.144
    expect(value(model.cost)).toMatchObject({
      currency: 'EUR',
      perHour: expect.closeTo(0.216, 4),
      perDay: expect.closeTo(5.184, 3),
    });
    const status = objective(model, 'default-availability');
    // 1 % fails where 0.5 % may: twice as fast as sustainable, and the budget is overspent by itself.
    expect(value(status.budgetLeft)).toBeCloseTo(-1, 2);
    expect(value(status.burnRates[0].long)).toBeCloseTo(2, 2);
    expect(value(status.events)).toBeGreaterThan(60 * 178);
    expect(value(status.events)).toBeLessThan(60 * 182);
    // 2 is above 1, the factor of three days; it is below 3, that of one.
    expect(status.burnRates.map(({ state }) => state)).toEqual([
      'ok',
      'ok',
      'ok',
      'firing',
    ]);
    expect(status.alert).toBe('ticket');
    expect(value(status.secondsToExhaustion)).toBe(0);
    expect(value(status.budgetOverTime)).toHaveLength(60);
    expect(objective(model, 'default-latency').sli).toMatchObject({
      status: 'unknown',
      reason: 'not-exported',
    });
    expect(queries.length).toBeLessThanOrEqual(10);
    expect(links).toEqual([
      {
        title: 'Grafana',
        url: 'https://grafana.example/d/x?ns=ai-services&e=component%3Adefault%2Fllm-gateway-service',
      },
    ]);
    expect(problems).toContainEqual({
      source: 'configuration',
      message:
        "aiMesh.slo.prices[1].inputPerMilion is not a setting; did you mean 'inputPerMillion'?",
    });
  });

  it('counts a failure once that vLLM and Istio saw, and interpolates between buckets of either spelling (vLLM)', async () => {
    const { models, dialect } = await slos('local-model-service', now);
    expect(dialect).toMatchObject({ name: 'vllm', alsoPresent: ['istio'] });
    const [model] = models;
    expect(model).toMatchObject({ model: 'small-8b', errorsFrom: 'both' });
    expect(value(model.errorRatio)).toBeCloseTo(0.1, 3);
    expect(model.cost).toMatchObject({
      status: 'unknown',
      reason: 'not-configured',
    });
    // 100 of 180 minutes' worth: 10 of 100 fail, 0.5 may: 20 times too fast.
    const availability = objective(model, 'default-availability');
    expect(value(availability.burnRates[0].long)).toBeCloseTo(20, 1);
    expect(availability.alert).toBe('page');
    // 30 s is half way from 20 to 40: 84 + 4 / 2 = 86 of 90 are quick enough.
    const latency = objective(model, 'default-latency');
    expect(latency.objective.indicator).toMatchObject({ exact: false });
    expect(value(latency.sli)).toBeCloseTo(86 / 90, 3);
    expect(value(latency.burnRates[0].long)).toBeCloseTo(4 / 90 / 0.1, 2);
    expect(latency.alert).toBe('ok');
    expect(value(model.p50)).toMatchObject({
      lowerBoundMs: 0,
      upperBoundMs: 10_000,
    });
  });

  it('takes no errors for none, and a restart for no loss (Inference Extension)', async () => {
    const { models, dialect } = await slos('qa-service', now);
    expect(dialect.name).toBe('inference-extension');
    expect(models).toMatchObject([
      { model: 'base', answeredBy: ['base-v2'], errorsFrom: 'dialect' },
    ]);
    const status = objective(models[0], 'default-availability');
    expect(value(status.sli)).toBe(1);
    expect(value(status.badEvents)).toBe(0);
    // 20 a minute over three hours; what was counted before the restart is not lost.
    expect(value(status.events)).toBeGreaterThan(20 * 176);
    expect(value(status.events)).toBeLessThan(20 * 182);
  });

  it('shows a version where only the mesh reports (Istio alone)', async () => {
    const { models, dialect } = await slos('api-gateway', now);
    expect(dialect).toMatchObject({ name: 'istio', chosenBy: 'detected' });
    expect(models.map(({ model }) => model)).toEqual(['v1', 'v2']);
    expect(value(models[0].errorRatio)).toBe(0);
    expect(value(models[1].errorRatio)).toBeCloseTo(0.1, 3);
    expect(models[0].tokensPerSecond).toMatchObject({ status: 'unknown' });
  });

  it('counts the callers of every cluster, each once (Istio alone)', async () => {
    const { models, dialect, queries } = await slos('vector-store', now);
    expect(dialect.name).toBe('istio');
    const [model] = models;
    expect(value(model.requestsPerSecond)).toBeCloseTo(4, 2);
    expect(value(model.errorRatio)).toBeCloseTo(0.75, 3);
    const availability = objective(model, 'default-availability');
    expect(value(availability.sli)).toBeCloseTo(0.25, 3);
    expect(availability.alert).toBe('page');
    expect(value(objective(model, 'default-latency').sli)).toBeCloseTo(0.25, 3);
    expect(queries.length).toBeLessThanOrEqual(10);
  });

  it.each(['half-caller', 'half-called'])(
    'counts once what two sides report of which one names the cluster (Istio alone): %s',
    async name => {
      const { models } = await slos(name, now);
      expect(models.map(({ model }) => model)).toEqual(['v1']);
      const [model] = models;
      expect(value(model.requestsPerSecond)).toBeCloseTo(1, 3);
      // Nine tenths into the upper bucket: 54 of 60 are quick, and 59.4 are below.
      expect(value(model.p99).valueMs).toBeCloseTo(27_100, -1);
      expect(value(objective(model, 'default-latency').sli)).toBeCloseTo(1, 5);
      const availability = objective(model, 'default-availability');
      expect(value(availability.events)).toBeLessThan(60 * 182);
    },
  );

  it('shows a version once that sidecars and a waypoint name otherwise (Istio alone)', async () => {
    const { models, dialect, queries } = await slos('recast', now);
    expect(dialect.name).toBe('istio');
    expect(models.map(({ model }) => model).sort()).toEqual(['v1', 'v2']);
    const [v1, v2] = ['v1', 'v2'].map(name =>
      models.find(({ model }) => model === name)!,
    );
    expect(v1.versions).toEqual(['v1']);
    expect(value(v1.requestsPerSecond)).toBeCloseTo(40 / 60, 3);
    expect(value(v1.errorRatio)).toBeCloseTo(0.25, 3);
    expect(v1.requestsByVersion).toEqual({ v1: expect.closeTo(40 / 60, 3) });
    // Three hours, of which an hour of the release before.
    const events = value(objective(v1, 'default-availability').events);
    expect(events).toBeGreaterThan(40 * 178 + 20 * 58);
    expect(events).toBeLessThan(40 * 182 + 20 * 62);
    expect(value(v2.requestsPerSecond)).toBeCloseTo(100 / 60, 3);
    expect(value(v2.errorRatio)).toBeCloseTo(0.2, 3);
    expect(value(v2.p95)).toMatchObject({ upperBoundMs: null });
    const availability = objective(v2, 'default-availability');
    expect(value(availability.sli)).toBeCloseTo(0.8, 3);
    expect(value(availability.burnRates[0].long)).toBeCloseTo(0.2 / 0.01, 1);
    expect(value(objective(v2, 'default-latency').sli)).toBeCloseTo(0.8, 3);
    expect(queries.length).toBeLessThanOrEqual(10);
  });

  it('draws such a version as one line (Istio alone)', async () => {
    const at = new Date(now * 1000).toISOString();
    const { body } = await portal.read(`recast/slos?window=6h&at=${at}`);
    const { series } = slosSchema
      .parse(body)
      .models.find(({ model }) => model === 'v2')!;
    const drawn = series.filter(({ errorRatio }) => errorRatio !== null).at(-1);
    expect(drawn?.requestsPerSecond).toBeCloseTo(100 / 60, 1);
    expect(drawn?.errorRatio).toBeCloseTo(0.2, 2);
    expect(drawn?.p95Ms).toBe(30_000);
  });

  it('records a version under the name that the view has for it', async () => {
    const response = await portal.read('recast/slos/rules');
    expect(response.status).toBe(200);
    const rules: Rule[] = parse(response.text).groups.flatMap(
      (group: { rules: Rule[] }) => group.rules,
    );
    const recorded = async (record: string, labels: Rule['labels'] = {}) => {
      const { expr } = rules.find(
        one =>
          one.record === record &&
          Object.entries(labels).every(([name, wanted]) =>
            one.labels[name]?.startsWith(wanted),
          ),
      )!;
      const answer = await fetch(`${prometheus.url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({ query: expr, time: String(now) }),
      });
      const { data } = await answer.json();
      return Object.fromEntries(
        data.result.map((row: { metric: Rule['labels']; value: string[] }) => [
          row.metric.model,
          Number(row.value[1]),
        ]),
      );
    };
    const hour = 'ai_mesh:slo_events:increase1h';
    const everybody = rules
      .map(({ labels }) => labels.objective)
      .filter(id => id?.startsWith('default-availability'));
    expect(new Set(everybody).size).toBe(3);
    const found = await Promise.all(
      [...new Set(everybody)].map(id =>
        recorded(hour, { objective: id, events: 'total' }),
      ),
    );
    // v2 has an objective of its own, the other is for all but that: releases that a waypoint names count for neither.
    expect(found).toEqual(
      expect.arrayContaining([
        { v1: expect.closeTo(2400, -2) },
        { v2: expect.closeTo(6000, -2) },
      ]),
    );
    expect(
      await recorded(hour, { objective: 'default-latency-2', events: 'bad' }),
    ).toEqual({ v2: expect.closeTo(1200, -2) });
  });

  it('counts fallbacks that the objective calls bad, once each (Micrometer)', async () => {
    const { models } = await slos('ai-chat-service', now);
    const fast = models.find(({ model }) => model === 'fast-1')!;
    expect(value(fast.fallbacksPerSecond)).toBeCloseTo(2 / 60, 4);
    const status = objective(fast, 'default-availability');
    expect(status.objective.indicator).toMatchObject({ fallbacksAreBad: true });
    // 99 good and 2 bad: one of the fallbacks answered the counted error, the other a call that was never made.
    expect(value(status.sli)).toBeCloseTo(99 / 101, 4);
    expect(fast.objectives).toHaveLength(1);
  });

  it('shows a model that stopped two hours ago, and one of an awkward name with little traffic', async () => {
    const { models } = await slos('ai-chat-service', now);
    const gone = models.find(({ model }) => model === 'gone-1')!;
    expect(gone.reporting).toBe(false);
    expect(Date.parse(gone.lastSeenAt!) / 1000).toBeLessThan(now - 110 * 60);
    expect(Date.parse(gone.lastSeenAt!) / 1000).toBeGreaterThan(now - 130 * 60);
    const status = objective(gone, 'default-availability');
    expect(value(status.events)).toBeGreaterThan(580);
    expect(status.burnRates[0].short).toMatchObject({
      status: 'unknown',
      reason: 'no-traffic',
    });
    const awkward = models.find(({ model }) => model === AWKWARD)!;
    expect(awkward.reporting).toBe(true);
    expect(objective(awkward, 'default-availability').lowTraffic).toBe(true);
  });

  it('obeys the annotation, and says what it can be', async () => {
    const forced = await slos('forced', now);
    expect(forced.dialect).toMatchObject({
      name: 'istio',
      chosenBy: 'annotation',
      alsoPresent: ['vllm'],
    });
    const { dialect } = await slos('mistyped', now);
    expect(dialect).toMatchObject({ name: 'vllm', chosenBy: 'detected' });
    expect(dialect.notes[0]).toContain("asks for 'vlm', which is no dialect");
  });

  it('says that there is nothing, where there is nothing', async () => {
    const { models, dialect, sources } = await slos('ai-orchestrator');
    expect(models).toEqual([]);
    expect(dialect.name).toBe('none');
    expect(dialect.notes[0]).toContain('No series of any known dialect');
    expect(sources.find(({ name }) => name === 'prometheus')?.status).toBe(
      'ok',
    );
  });
});

/** OpenMetrics wants a metric's series together. */
function grouped(lines: readonly string[]): string[] {
  const byMetric = new Map<string, string[]>();
  for (const line of lines) {
    const metric = line.slice(0, line.indexOf('{'));
    byMetric.set(metric, [...(byMetric.get(metric) ?? []), line]);
  }
  return [...byMetric.values()].flat();
}
