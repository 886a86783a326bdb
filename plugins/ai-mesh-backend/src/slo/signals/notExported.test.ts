import {
  chinese,
  inLanguage,
  known,
  textsEn,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parse } from 'yaml';
import { readApplicationBreakers } from '../../telemetry/applicationBreakers';
import { breakerStats } from '../../telemetry/breakerStats';
import { readEncryption } from '../../telemetry/readEncryption';
import { readLatency } from '../../telemetry/readLatency';
import { readSparkline, sparklineRange } from '../../telemetry/sparkline';
import { builtInDialects } from '../dialects/builtInDialects';
import { noHistogram, noSeries } from './notExported';

const dialect = (name: string) =>
  builtInDialects.find(one => one.name === name)!;

describe('a metric that an application lacks', () => {
  it.each([
    [
      'micrometer',
      'management.metrics.distribution.percentiles-histogram.ai.model.response.time=true',
    ],
    [
      'spring-ai',
      'management.metrics.distribution.percentiles-histogram.gen_ai.client.operation=true',
    ],
    [
      'opentelemetry-genai',
      'meter_provider: { views: [{ selector: { instrument_name: gen_ai.client.operation.duration }, stream: { aggregation: { explicit_bucket_histogram: { boundaries: [0.01, ',
    ],
    [
      'opentelemetry-genai-server',
      'meter_provider: { views: [{ selector: { instrument_name: gen_ai.server.request.duration }, stream: { aggregation: { explicit_bucket_histogram: { boundaries: [0.01, ',
    ],
  ])('%s: names the line that switches its histogram on', (name, line) => {
    const said = noHistogram(dialect(name), dialect(name).duration, {
      form: 'quantiles',
      metrics: ['timer'],
      quantiles: [0.5],
      unitMs: 1000,
      source: { series: [], by: [] },
    });
    expect(said).toMatchObject({
      reason: 'not-exported',
      message: expect.stringContaining(line),
    });
  });

  it.each(builtInDialects.map(({ name }) => [name]))(
    '%s: names who would have to export what',
    name => {
      const { exporter = 'application' } = dialect(name);
      const who = textsEn[`exporter.${exporter}`];
      for (const said of [
        noSeries(dialect(name), 'some_metric_total'),
        noHistogram(dialect(name), dialect(name).duration),
      ]) {
        expect(said).toMatchObject({
          message: expect.stringContaining(`${who} would have to export`),
        });
      }
    },
  );

  it('names the flag of the model server that would keep it from exporting', () => {
    const vllm = dialect('vllm');
    for (const said of [
      noSeries(vllm, 'vllm:request_success_total'),
      noHistogram(vllm, vllm.duration),
    ]) {
      expect(said).toMatchObject({
        message: expect.stringContaining('--disable-log-stats'),
      });
    }
  });

  it('says of what no exporter of the dialect has that it has none', () => {
    const micrometer = dialect('micrometer');
    expect(noHistogram(micrometer, micrometer.timeToFirstToken)).toMatchObject({
      message: 'The dialect micrometer does not have it.',
    });
  });
});

describe('a view of OpenTelemetry', () => {
  it.each([
    ['opentelemetry-genai', 'gen_ai.client.operation.duration'],
    ['opentelemetry-genai-server', 'gen_ai.server.request.duration'],
  ])('%s: is YAML, of the instrument and of the first token', (name, first) => {
    const { duration, timeToFirstToken } = dialect(name);
    for (const [spec, instrument] of [
      [duration, first],
      [timeToFirstToken, 'gen_ai.server.time_to_first_token'],
    ] as const) {
      expect(parse(spec!.switchOn!)).toMatchObject({
        meter_provider: {
          views: [{ selector: { instrument_name: instrument } }],
        },
      });
    }
  });
});

describe('a metric that a proxy or a library could export', () => {
  const { ejectedHosts, openPools, overflowPerSecond } = breakerStats([]);
  const { breakers, fallbacksPerSecond } = readApplicationBreakers(
    'demo',
    known([]),
  );

  it.each<[string, Measured<unknown>, string]>([
    [
      'Istio’s histogram',
      readLatency(known([]), 1).p99,
      'metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: REQUEST_DURATION }, disabled: false }] }]',
    ],
    [
      'Istio’s requests of the last hour',
      readSparkline([{ series: known([]) }], sparklineRange(new Date())),
      'metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: REQUEST_COUNT }, disabled: false }] }]',
    ],
    [
      'what Istio says of encryption',
      readEncryption([]),
      'metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: ALL_METRICS }, disabled: false }] }]',
    ],
    [
      'Envoy’s ejections',
      ejectedHosts,
      'proxyStatsMatcher: { inclusionRegexps: [".*outlier_detection.*"] }',
    ],
    [
      'Envoy’s limits',
      openPools,
      'proxyStatsMatcher: { inclusionRegexps: [".*circuit_breakers.*"] }',
    ],
    [
      'Envoy’s overflow',
      overflowPerSecond,
      'proxyStatsMatcher: { inclusionRegexps: [".*upstream_rq_pending_overflow.*"] }',
    ],
    [
      'Resilience4j’s states',
      breakers,
      'management.endpoints.web.exposure.include=health,prometheus',
    ],
    [
      'fallback answers',
      fallbacksPerSecond,
      'registry.counter("ai.circuit.fallback").increment();',
    ],
  ])('%s: names the line in both languages', (_, said, line) => {
    expect(said).toMatchObject({
      status: 'unknown',
      reason: 'not-exported',
      message: expect.stringContaining(line),
    });
    const { words } = said as { words: Parameters<typeof inLanguage>[0] };
    expect(inLanguage(words, chinese)).toContain(line);
    expect(inLanguage(words, chinese)).toMatch(/[\u4e00-\u9fff]/);
  });
});
