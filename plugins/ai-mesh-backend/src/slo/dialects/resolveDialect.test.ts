import { parser } from '@prometheus-io/lezer-promql';
import { rate, type Expr } from '../../prometheus/promql';
import { eventParts } from '../events/eventQueries';
import { loadParts, rateParts } from '../models/rateQueries';
import { compileSignals } from '../signals/compileSignals';
import { sumOf } from '../signals/Signal';
import { allDialects } from './allDialects';
import { chooseDialect } from './chooseDialect';
import { INVENTORY_LABEL, inventoryQuery, PRESENT } from './inventoryQuery';
import { SeriesInventory } from './SeriesInventory';

const series = {
  istioCluster: 'one',
  services: [],
  workloads: [{ kind: 'Deployment' as const, namespace: 'ai', name: 'chat' }],
  podLabels: { namespace: 'namespace', pod: 'pod' },
};

/** What is read where series of these names exist. */
function readFrom(
  names: readonly string[],
  labels: Record<string, string> = {},
) {
  const inventory = new SeriesInventory(
    names.map(name => ({
      labels: {
        [INVENTORY_LABEL]: PRESENT,
        __name__: name,
        ...(name.endsWith('_bucket') && { le: '1.0' }),
        ...labels,
      },
      rate: 1,
    })),
  );
  const choice = chooseDialect(allDialects([]), inventory, undefined);
  return {
    choice,
    signals:
      choice.dialect && compileSignals(choice.dialect, series, inventory),
  };
}

const withParts = (base: string) => [
  `${base}_count`,
  `${base}_sum`,
  `${base}_bucket`,
];

describe('a dialect by any of its names', () => {
  it.each([
    ['spring-ai', withParts('gen_ai_client_operation_seconds'), 1000, 0],
    ['spring-ai', withParts('gen_ai_client_operation_milliseconds'), 1, 2],
    ['spring-ai', withParts('gen_ai_client_operation'), 1, 2],
    ['spring-ai', withParts('gen_ai.client.operation'), 1, 2],
    [
      'opentelemetry-genai',
      withParts('gen_ai_client_operation_duration_seconds'),
      1000,
      0,
    ],
    [
      'opentelemetry-genai',
      withParts('gen_ai_client_operation_duration_milliseconds'),
      1,
      2,
    ],
    [
      'opentelemetry-genai',
      withParts('gen_ai_client_operation_duration'),
      1000,
      2,
    ],
    [
      'opentelemetry-genai',
      withParts('gen_ai.client.operation.duration'),
      1000,
      2,
    ],
    [
      'opentelemetry-genai',
      withParts('gen_ai.client.operation.duration_seconds'),
      1000,
      2,
    ],
    [
      'opentelemetry-genai-server',
      withParts('otel_gen_ai_server_request_duration_seconds'),
      1000,
      2,
    ],
    ...['vllm:', 'vllm_', 'vllm.', 'kserve_vllm:'].map(
      prefix =>
        [
          'vllm',
          [
            `${prefix}request_success_total`,
            ...withParts(`${prefix}e2e_request_latency_seconds`),
          ],
          1000,
          prefix === 'vllm:' ? 0 : 2,
        ] as const,
    ),
    [
      'micrometer',
      [
        'ai_model_requests',
        ...withParts('ai_model_response_time_milliseconds'),
      ],
      1,
      2,
    ],
    [
      'micrometer',
      ['ai_model_requests_total', ...withParts('ai_model_response_time')],
      1,
      1,
    ],
  ] as const)('is %s of %j, in units of %s ms', (name, names, unitMs, told) => {
    const { choice, signals } = readFrom(names);
    expect(choice.dialect?.name).toBe(name);
    expect(signals?.duration).toMatchObject({ form: 'classic', unitMs });
    expect(names).toContain(signals?.requests.series[0].metric);
    expect(names).toContain(signals?.duration?.source.series[0].metric);
    expect(choice.spellings).toHaveLength(told);
  });

  it.each([
    ['http_server_requests_seconds_count'],
    ['requests_total'],
    ['gen_ai_client_operation_retries_total'],
    ['sglang:prompt_tokens_total'],
    ['istio_requests_total:rate5m'],
  ])('is none of %s', name => {
    expect(readFrom([name]).choice.dialect).toBeUndefined();
  });

  it('says that Istio`s series name no reporter', () => {
    const row = (reporter?: string) => ({
      labels: {
        [INVENTORY_LABEL]: PRESENT,
        __name__: 'istio_requests_total',
        ...(reporter && { reporter }),
      },
      rate: 3,
    });
    const untold = (...rows: ReturnType<typeof row>[]) => {
      const inventory = new SeriesInventory(rows);
      const { dialect } = chooseDialect(allDialects([]), inventory, undefined);
      return compileSignals(
        dialect!,
        { ...series, services: [{ namespace: 'ai', name: 'chat' }] },
        inventory,
      )?.errorsUntold;
    };
    expect(untold(row())).toMatchObject({
      reason: 'no-such-label',
      message: expect.stringContaining('label reporter'),
    });
    expect(untold(row('source'), row())).toBeDefined();
    expect(untold(row('source'))).toBeUndefined();
  });

  it('reads one unit where there are two, and tells which', () => {
    const { choice, signals } = readFrom([
      ...withParts('gen_ai_client_operation_milliseconds'),
      ...withParts('gen_ai_client_operation_seconds'),
    ]);
    expect(signals?.duration).toMatchObject({ unitMs: 1000 });
    expect(
      signals?.duration?.source.series.map(({ metric }) => metric),
    ).toEqual(['gen_ai_client_operation_seconds_bucket']);
    expect(choice.spellings).toEqual([
      'gen_ai_client_operation_milliseconds_count',
    ]);
  });

  it('counts a pod that has two spellings by one', () => {
    const { signals } = readFrom([
      'vllm:request_success_total',
      'kserve_vllm:request_success_total',
    ]);
    expect(sumOf(signals!.requests, rate, 300)).toBe(
      'sum by (model_name) ((rate(vllm:request_success_total{namespace="ai",pod=~"chat-[0-9a-z]+-[bcdfghjklmnpqrstvwxz2456789]{5}"}[5m])) or on (namespace, pod) (rate(kserve_vllm:request_success_total{namespace="ai",pod=~"chat-[0-9a-z]+-[bcdfghjklmnpqrstvwxz2456789]{5}"}[5m])))',
    );
  });

  it('asks for OpenTelemetry`s own names in quotes, by labels of the same kind', () => {
    const { signals } = readFrom([
      ...withParts('gen_ai.client.operation.duration'),
      'gen_ai.client.token.usage_sum',
      'gen_ai.server.time_to_first_token_bucket',
    ]);
    const all = [
      ...rateParts(signals!, 300),
      ...loadParts(signals!),
      ...eventParts(
        {
          requests: true,
          fallbacks: true,
          duration: true,
          bounds: [1],
          thresholds: [],
          custom: [],
        },
        signals,
        300,
      ),
    ].join('\n');
    expect(all).toContain(
      '{__name__="gen_ai.client.operation.duration_count",namespace="ai",pod=~"chat-[0-9a-z]+-[bcdfghjklmnpqrstvwxz2456789]{5}","error.type"!~""}',
    );
    expect(all).toContain('"gen_ai.token.type"="input"');
    expect(all).toContain('label_replace(label_replace(label_replace(');
    expect(all).toContain(
      '"gen_ai_request_model", "$1", "gen_ai.request.model", "([\\\\s\\\\S]+)")',
    );
    for (const expression of all.split('\n')) {
      expect(parser.parse(expression).toString()).not.toContain('⚠');
    }
  });

  it('asks for every spelling in one query of the grammar that every Prometheus has', () => {
    const query = inventoryQuery(allDialects([]), series) as Expr;
    expect(parser.parse(query).toString()).not.toContain('⚠');
    expect(parser.parse(query).toString()).not.toContain('Quoted');
  });
});
