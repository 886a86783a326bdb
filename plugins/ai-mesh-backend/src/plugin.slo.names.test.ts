import {
  slosSchema,
  type Measured,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  describeWithPrometheus3,
  startPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(120_000);

const MINUTES = 120;
const now = Math.floor(Date.now() / 1000);
const pod = (workload: string) =>
  `namespace="ai-services",pod="${workload}-6d4cf56db6-x7k2p"`;

/** A counter that grows evenly, a sample a minute. */
function counter(series: string, perMinute: number): string[] {
  return Array.from(
    { length: MINUTES + 1 },
    (_, minute) =>
      `${series} ${minute * perMinute} ${now - (MINUTES - minute) * 60}`,
  );
}

const micrometer = `${pod('llm-gateway-service')},gen_ai_request_model="smart-1",error="none"`;
const kserve = `${pod('local-model-service')},model_name="small-8b"`;
const otel = `${pod('qa-service')},gen_ai_request_model="base"`;

const samples = [
  // Micrometer over OTLP: 60 a minute, 54 of them within 1,000 ms.
  ...counter(`gen_ai_client_operation_milliseconds_count{${micrometer}}`, 60),
  ...[
    ['1000.0', 54],
    ['2000.0', 60],
    ['+Inf', 60],
  ].flatMap(([le, perMinute]) =>
    counter(
      `gen_ai_client_operation_milliseconds_bucket{${micrometer},le="${le}"}`,
      perMinute as number,
    ),
  ),
  // vLLM behind KServe's prefix, and again without it from another scrape: one of the two counts.
  ...['kserve_vllm:', 'vllm:'].flatMap((prefix, index) =>
    [
      ['stop', 80],
      ['length', 10],
      ['abort', 6],
      ['error', 4],
    ].flatMap(([reason, perMinute]) =>
      counter(
        `${prefix}request_success_total{${kserve},job="${index}",finished_reason="${reason}"}`,
        perMinute as number,
      ),
    ),
  ),
  // OTLP without suffixes: seconds, as the convention says; a failed one has its type.
  ...counter(`gen_ai_client_operation_duration_count{${otel}}`, 27),
  ...counter(
    `gen_ai_client_operation_duration_count{${otel},error_type="timeout"}`,
    3,
  ),
  ...[
    ['1', 24],
    ['+Inf', 30],
  ].flatMap(([le, perMinute]) =>
    counter(
      `gen_ai_client_operation_duration_bucket{${otel},le="${le}"}`,
      perMinute as number,
    ),
  ),
];

const value = <T>(measured: Measured<T>) => {
  if (measured.status === 'unknown') {
    throw new Error(`${measured.reason}: ${measured.message}`);
  }
  return measured.value;
};

describeWithPrometheus('SLOs, from metrics of other names', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let portal: Portal;

  beforeAll(async () => {
    const byName = new Map<string, string[]>();
    for (const line of samples) {
      const name = line.split('{')[0];
      byName.set(name, [...(byName.get(name) ?? []), line]);
    }
    [sandbox, prometheus] = await Promise.all([
      startSandbox(),
      startPrometheus(`${[...byName.values()].flat().join('\n')}\n# EOF\n`),
    ]);
    portal = await startPortal(
      [clusterOn(sandbox, { prometheus: { url: prometheus.url } })],
      ['llm-gateway-service', 'local-model-service', 'qa-service'].map(name =>
        component(name, { 'ai-mesh.io/service': `ai-services/${name}` }),
      ),
      {
        slo: {
          objectives: [
            {
              availability: { targetPercent: 99 },
              latency: { targetPercent: 90, threshold: '1s' },
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

  async function slos(name: string): Promise<Slos> {
    const response = await portal.read(`${name}/slos?window=1h`);
    expect(response.status).toBe(200);
    return slosSchema.parse(response.body);
  }

  it('reads milliseconds as such, and tells the names (Micrometer over OTLP)', async () => {
    const { models, dialect } = await slos('llm-gateway-service');
    expect(dialect.name).toBe('spring-ai');
    expect(dialect.notes.join()).toContain(
      'gen_ai_client_operation_milliseconds_count, gen_ai_client_operation_milliseconds; durations are read in milliseconds',
    );
    const [model] = models;
    expect(value(model.requestsPerSecond)).toBeCloseTo(1, 3);
    expect(value(model.p50)).toMatchObject({
      lowerBoundMs: 0,
      upperBoundMs: 1000,
    });
    const latency = model.objectives.find(one =>
      one.objective.id.startsWith('default-latency'),
    )!;
    expect(latency.objective.indicator).toMatchObject({ exact: true });
    expect(value(latency.sli)).toBeCloseTo(0.9, 4);
    expect(model.reporting).toBe(true);
    expect(Date.parse(model.lastSeenAt!)).toBeGreaterThan(
      Date.now() - 11 * 60_000,
    );
  });

  it('takes what vLLM ended without an answer for failures, once a pod, with whatever prefix', async () => {
    const { models, dialect } = await slos('local-model-service');
    expect(dialect.name).toBe('vllm');
    expect(dialect.notes.join()).toContain('never reached vllm are not among');
    const [model] = models;
    expect(model.errorsFrom).toBe('dialect');
    expect(value(model.requestsPerSecond)).toBeCloseTo(100 / 60, 3);
    expect(value(model.errorRatio)).toBeCloseTo(0.1, 4);
    const availability = model.objectives.find(one =>
      one.objective.id.startsWith('default-availability'),
    )!;
    // 10 % fail where 1 % may.
    expect(value(availability.burnRates[0].long)).toBeCloseTo(10, 2);
  });

  it('reads names without a unit as the convention has them (OTLP without suffixes)', async () => {
    const { models, dialect } = await slos('qa-service');
    expect(dialect.name).toBe('opentelemetry-genai');
    expect(dialect.notes.join()).toContain('durations are read in seconds');
    const [model] = models;
    expect(value(model.errorRatio)).toBeCloseTo(0.1, 4);
    const latency = model.objectives.find(one =>
      one.objective.id.startsWith('default-latency'),
    )!;
    expect(value(latency.sli)).toBeCloseTo(0.8, 4);
  });
});

// OTLP as it is, as Prometheus 3 keeps it with `translation_strategy: NoTranslation`.
describeWithPrometheus3('SLOs, from metrics whose names have dots', () => {
  it('asks for them in quotes, by their attributes', async () => {
    const call = `${pod('qa-service')},"gen_ai.request.model"="base"`;
    const dotted = (part: string, labels: string, perMinute: number) =>
      counter(
        `{"gen_ai.client.operation.duration_${part}",${labels}}`,
        perMinute,
      );
    const [sandbox, prometheus] = await Promise.all([
      startSandbox(),
      startPrometheus(
        [
          ...dotted('count', call, 27),
          ...dotted('count', `${call},"error.type"="timeout"`, 3),
          ...dotted('bucket', `${call},le="1.0"`, 24),
          ...dotted('bucket', `${call},le="+Inf"`, 30),
          '# EOF',
          '',
        ].join('\n'),
      ),
    ]);
    const portal = await startPortal(
      [clusterOn(sandbox, { prometheus: { url: prometheus.url } })],
      [
        component('qa-service', {
          'ai-mesh.io/service': 'ai-services/qa-service',
        }),
      ],
      {
        slo: {
          objectives: [
            {
              availability: { targetPercent: 99 },
              latency: { targetPercent: 90, threshold: '1s' },
            },
          ],
        },
      },
    );
    try {
      const response = await portal.read('qa-service/slos?window=1h');
      expect(response.status).toBe(200);
      const { models, dialect } = slosSchema.parse(response.body);
      expect(dialect.name).toBe('opentelemetry-genai');
      expect(dialect.notes.join()).toContain(
        'gen_ai.client.operation.duration',
      );
      const [model] = models;
      expect(model.model).toBe('base');
      expect(value(model.requestsPerSecond)).toBeCloseTo(0.5, 3);
      expect(value(model.errorRatio)).toBeCloseTo(0.1, 4);
      const latency = model.objectives.find(one =>
        one.objective.id.startsWith('default-latency'),
      )!;
      expect(value(latency.sli)).toBeCloseTo(0.8, 4);
    } finally {
      await portal.stop();
      await prometheus.stop();
      await sandbox.stop();
    }
  });
});
