import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import {
  PrometheusExporter,
  PrometheusSerializer,
} from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { execFile } from 'child_process';
import { EventEmitter } from 'events';
import { readFileSync } from 'fs';
import { join } from 'path';
import { promisify } from 'util';
import { describeWithPrometheus } from '../prometheus/__testUtils__/startPrometheus';
import {
  sourceExchanges,
  type SourceExchange,
} from '../target/sourceExchanges';
import { OwnMetrics, type MeasuredParts } from './OwnMetrics';

const alerts = join(__dirname, '../../../../docs/alerts.yaml');
const dashboard = join(__dirname, '../../../../docs/dashboard.json');
const script = join(__dirname, '../../../../scripts/metricsDashboard.mjs');
const page = join(__dirname, '../../../../docs/metrics.md');

const canaries: MeasuredParts['canaries'] = async () => ({
  byState: [
    { state: 'progressing', verdict: 'pass', count: 2 },
    { state: 'progressing', verdict: 'hold', count: 1 },
    { state: 'rollingBack', count: 1 },
  ],
  historyRows: 40,
  engine: { held: 3, attending: 1, latestByMs: 1500 },
});
const facts: MeasuredParts['facts'] = async () => ({
  fresh: 12,
  outdated: 0,
  none: 3,
  oldestSeconds: 90,
});
const clusters: MeasuredParts['clusters'] = async () => [
  {
    cluster: 'shop',
    objects: { Service: 7 },
    ageSeconds: 4,
    unreadKinds: 1,
    answers: {
      instants: { answers: 5, size: 90 },
      ranges: { answers: 2, size: 600 },
    },
  },
  { cluster: 'listed', objects: {} },
];
const check = {
  verdict: { outcome: 'hold', reason: 'no-data', message: '' },
  gates: [{ gate: 'errorRate', outcome: 'pass' }],
} as unknown as CanaryCheck;
const exchange: SourceExchange = {
  source: 'kiali',
  cluster: 'shop',
  outcome: 'failed',
  seconds: 0.3,
  waiting: 2,
};

/** The metrics as Prometheus reads them, after everything that can be measured has happened once. */
async function scraped(parts: Partial<MeasuredParts> = {}): Promise<string> {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const metrics = provider.getMeter('test') as unknown as MetricsService;
  const own = new OwnMetrics({
    metrics,
    logger: mockServices.logger.mock(),
  });
  own.start({ canaries, clusters, facts, ...parts });
  own.checked(check);
  sourceExchanges.publish(exchange);
  const response = Object.assign(new EventEmitter(), {
    writableFinished: true,
    statusCode: 503,
  });
  own.measureRequests(
    { method: 'GET', route: { path: '/v1/canaries/:id' } } as never,
    response as never,
    () => undefined,
  );
  response.emit('close');
  const { resourceMetrics } = await exporter.collect();
  own.stop();
  sourceExchanges.publish({ ...exchange, cluster: 'after the end' });
  await provider.shutdown();
  return new PrometheusSerializer().serialize(resourceMetrics);
}

const namesIn = (text: string) => [
  ...new Set(text.match(/\bai_mesh_[a-z_]+[a-z]/g)),
];

describe('OwnMetrics', () => {
  it.each([
    'ai_mesh_canary_count{state="progressing",verdict="pass"} 2',
    'ai_mesh_canary_count{state="progressing",verdict="hold"} 1',
    'ai_mesh_canary_count{state="rollingBack",verdict="none"} 1',
    'ai_mesh_facts_entities{freshness="fresh"} 12',
    'ai_mesh_facts_entities{freshness="outdated"} 0',
    'ai_mesh_facts_entities{freshness="none"} 3',
    'ai_mesh_facts_age_seconds 90',
    'ai_mesh_canary_history_rows 40',
    'ai_mesh_canary_engine_lateness_seconds 1.5',
    'ai_mesh_canary_engine_leases 3',
    'ai_mesh_canary_checks_total{verdict="hold"} 1',
    'ai_mesh_canary_gate_results_total{gate="errorRate",outcome="pass"} 1',
    'ai_mesh_source_duration_seconds_count{source="kiali",cluster="shop",outcome="failed"} 1',
    'ai_mesh_source_waiting{source="kiali",cluster="shop"} 2',
    'ai_mesh_cache_objects{cluster="shop",kind="Service"} 7',
    'ai_mesh_answers_kept{cluster="shop",kind="instants"} 5',
    'ai_mesh_answers_size{cluster="shop",kind="ranges"} 600',
    'ai_mesh_cache_age_seconds{cluster="shop"} 4',
    'ai_mesh_cache_unread{cluster="shop"} 1',
    'ai_mesh_request_duration_seconds_count{method="GET",route="/v1/canaries/:id",status="503"} 1',
  ])('exports %s', async line => {
    expect(
      (await scraped())
        .replace(/,?otel_scope_\w+="[^"]*"/g, '')
        .replace(/\{\}/g, ''),
    ).toMatch(
      new RegExp(`^${line.replace(/[{}./+?]/g, '\\$&')}( \\d+)?$`, 'm'),
    );
  });

  it('has no value for what cannot be read, and none for a cluster that has no age', async () => {
    const text = await scraped({
      canaries: () => Promise.reject(new Error('no database')),
      facts: async () => undefined,
    });
    expect(text).not.toContain('ai_mesh_canary_count');
    expect(text).not.toContain('ai_mesh_facts');
    expect(text).not.toContain('cluster="listed"');
    expect(text).toContain('ai_mesh_cache_age_seconds');
  });

  it('listens to nothing after its end', async () => {
    expect(await scraped()).not.toContain('after the end');
  });
});

describe('the dashboard in docs', () => {
  it('is what the script makes of the metrics that there are, with each of them', async () => {
    const text = await scraped();
    const making = promisify(execFile)(process.execPath, [script]);
    making.child.stdin?.end(text);
    const { stdout } = await making;
    expect(readFileSync(dashboard, 'utf8')).toBe(stdout);
    const asked = namesIn(stdout);
    const types = [...text.matchAll(/^# TYPE (ai_mesh_\w+) /gm)];
    expect(types.length).toBeGreaterThan(10);
    expect(asked).toEqual(
      expect.arrayContaining(types.map(([, name]) => name)),
    );
  });
});

describe('the rules of docs/alerts.yaml', () => {
  it('are about metrics that there are, and so is the page', async () => {
    const exported = namesIn(await scraped());
    const known = (name: string) =>
      exported.some(one => one === name || one.startsWith(`${name}_`));
    for (const file of [alerts, page]) {
      const names = namesIn(readFileSync(file, 'utf8'));
      expect(names.length).toBeGreaterThan(5);
      expect(names.filter(name => !known(name))).toEqual([]);
    }
  });

  describeWithPrometheus('with promtool', () => {
    it('are accepted', async () => {
      const { stdout } = await promisify(execFile)(
        process.env.PROMTOOL_BIN ?? 'promtool',
        ['check', 'rules', alerts],
      );
      expect(stdout).toMatch(/SUCCESS: \d+ rules found/);
    });
  });
});
