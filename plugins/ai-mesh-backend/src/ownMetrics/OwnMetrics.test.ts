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
import { pathToFileURL } from 'url';
import { promisify } from 'util';
import { isScalar, parse, parseDocument, visit } from 'yaml';
import {
  describeWithPrometheus,
  freePort,
  startConfiguredPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import {
  sourceExchanges,
  type SourceExchange,
} from '../target/sourceExchanges';
import { OwnMetrics, type MeasuredParts } from './OwnMetrics';

const alerts = join(__dirname, '../../../../docs/alerts.yaml');
const alertCases = join(__dirname, 'alerts.cases.yaml');
const dashboard = join(__dirname, '../../../../docs/dashboard.json');
const script = join(__dirname, '../../../../scripts/metricsDashboard.mjs');
const demoConfig = join(
  __dirname,
  '../../../../scripts/lib/prometheusConfig.mjs',
);
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
const tables: MeasuredParts['tables'] = () => [
  { cluster: 'shop', rows: 420, ageSeconds: 9 },
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

/** Metrics for an exporter, after everything that can be measured has happened once. */
function measured(
  exporter: PrometheusExporter,
  parts: Partial<MeasuredParts> = {},
) {
  const provider = new MeterProvider({ readers: [exporter] });
  const metrics = provider.getMeter('test') as unknown as MetricsService;
  const own = new OwnMetrics({
    metrics,
    logger: mockServices.logger.mock(),
  });
  own.start({ canaries, clusters, facts, tables, ...parts });
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
  return { own, provider };
}

/** The same as Prometheus reads them. */
async function scraped(parts: Partial<MeasuredParts> = {}): Promise<string> {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const { own, provider } = measured(exporter, parts);
  const { resourceMetrics } = await exporter.collect();
  own.stop();
  sourceExchanges.publish({ ...exchange, cluster: 'after the end' });
  await provider.shutdown();
  return new PrometheusSerializer().serialize(resourceMetrics);
}

/** Of series that a Prometheus has scraped. */
async function namesOfSeries(url: string, match: string): Promise<Set<string>> {
  const query = new URLSearchParams({ 'match[]': match });
  const response = await fetch(
    `${url}/api/v1/label/__name__/values?${query.toString()}`,
  );
  return new Set(((await response.json()) as { data: string[] }).data);
}

/** What the rules or graphs of a file, in JSON or YAML, ask for. */
function queriesIn(file: string): string[] {
  const queries: string[] = [];
  visit(parseDocument(readFileSync(file, 'utf8')), {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === 'expr' && isScalar(value)) {
        queries.push(String(value.value));
      }
    },
  });
  return queries;
}

/** Names that a Prometheus has scraped, once there are some, or after half a minute. */
async function whenScraped(url: string, match: string): Promise<Set<string>> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const names = await namesOfSeries(url, match);
    if (names.size > 0) {
      return names;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  return new Set();
}

/** What is checked of the rules at one state of things. */
interface AlertCase {
  alert_rule_test: { alertname: string; exp_alerts: object[] }[];
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
    'ai_mesh_table_rows{cluster="shop"} 420',
    'ai_mesh_table_age_seconds{cluster="shop"} 9',
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

  it('are each on the page, and so is each metric', async () => {
    const text = await scraped();
    const types = [...text.matchAll(/^# TYPE (ai_mesh_\w+) /gm)];
    const rules = [
      ...readFileSync(alerts, 'utf8').matchAll(/^\s+- alert: (\w+)$/gm),
    ];
    expect(Math.min(types.length, rules.length)).toBeGreaterThan(5);
    const said = readFileSync(page, 'utf8');
    expect(
      [...types, ...rules]
        .map(([, name]) => name)
        .filter(name => !said.includes(`\`${name}\``)),
    ).toEqual([]);
  });

  describeWithPrometheus('in the demo’s Prometheus', () => {
    it('find each metric that they ask for, as the dashboard does', async () => {
      const port = await freePort();
      const exporter = new PrometheusExporter({ host: '127.0.0.1', port });
      const { own, provider } = measured(exporter);
      const { stdout: config } = await promisify(execFile)(process.execPath, [
        '--input-type=module',
        '--eval',
        `import { prometheusConfig } from ${JSON.stringify(pathToFileURL(demoConfig).href)};
         process.stdout.write(prometheusConfig({ targets: [], scrapeSeconds: 1, portal: ${port} }));`,
      ]);
      const prometheus = await startConfiguredPrometheus(config);
      try {
        const present = await whenScraped(
          prometheus.url,
          '{job="portal",__name__=~"ai_mesh_.+"}',
        );
        for (const file of [alerts, dashboard]) {
          const asked = namesIn(queriesIn(file).join('\n'));
          expect(asked.length).toBeGreaterThan(5);
          expect(asked.filter(name => !present.has(name))).toEqual([]);
        }
      } finally {
        await prometheus.stop();
        own.stop();
        await provider.shutdown();
      }
    }, 60_000);
  });

  it('have each a case in which it speaks', () => {
    const { tests }: { tests: AlertCase[] } = parse(
      readFileSync(alertCases, 'utf8'),
    );
    const speaking = tests.flatMap(({ alert_rule_test: checks }) =>
      checks.flatMap(({ alertname, exp_alerts: told }) =>
        told.length > 0 ? [alertname] : [],
      ),
    );
    const rules = readFileSync(alerts, 'utf8').matchAll(/- alert: (\w+)$/gm);
    expect(speaking.sort()).toEqual([...rules].map(([, name]) => name).sort());
  });

  describeWithPrometheus('with promtool', () => {
    const promtool = async (...args: string[]) =>
      (await promisify(execFile)(process.env.PROMTOOL_BIN ?? 'promtool', args))
        .stdout;

    it('are accepted', async () => {
      expect(await promtool('check', 'rules', alerts)).toMatch(
        /SUCCESS: \d+ rules found/,
      );
    });

    it('speak where they ought to, and nowhere else', async () => {
      expect(await promtool('test', 'rules', alertCases)).toContain('SUCCESS');
    });
  });
});
