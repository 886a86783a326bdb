// An entity with many models over a month of metrics: what its SLOs cost, cold and warm, with and without recording rules.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { Children } from '../lib/children.mjs';
import { DemoSession } from '../lib/demoSession.mjs';
import { startPortal } from '../lib/portal.mjs';
import { portalConfig } from '../lib/portalConfig.mjs';
import { freePort } from '../lib/ports.mjs';
import { ensurePrometheus } from '../lib/prometheus.mjs';
import { queriesServed } from '../lib/prometheusCounts.mjs';
import { freshRunFolder, writeRunFile } from '../lib/runFolder.mjs';
import { startSandbox } from '../lib/sandboxMesh.mjs';
import { say } from '../lib/shell.mjs';
import { backfillModels } from '../lib/sloHistory.mjs';
import { quantile, table, timed } from '../lib/statistics.mjs';
import { waitForUrl } from '../lib/waitForUrl.mjs';

const SERVICE = 'ai-services/llm-gateway-service';
const OBJECTIVES = [
  ['answers', undefined],
  ['within-5-s', 5.12],
  ['within-20-s', 20.48],
];

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      models: { type: 'string', default: '20' },
      days: { type: 'string', default: '30' },
      step: { type: 'string', default: '60' },
      cold: { type: 'string', default: '10' },
      warm: { type: 'string', default: '200' },
    },
  });
  const children = new Children();
  try {
    await ensureApp();
    const run = freshRunFolder('.run-bench-slo');
    const bin = await ensurePrometheus();
    const { data, page } = await backfillModels({
      models: Number(values.models),
      days: Number(values.days),
      stepSeconds: Number(values.step),
      folder: run,
    });
    const sandbox = await startSandbox(children, run, {
      port: await freePort(),
      prometheusUrl: 'http://127.0.0.1:9',
      args: [],
    });
    const prometheusPort = await freePort();
    const prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
    const exporter = await serve(page);
    const config = rules =>
      writeRunFile(run, 'prometheus.yml', prometheusConfig(exporter, rules));
    await startPrometheus(children, run, {
      bin,
      data,
      port: prometheusPort,
      config: config(),
    });
    const session = await startPortalOn(children, run, {
      sandbox,
      prometheusUrl,
    });
    say('letting a few scrapes pass');
    await sleep(45_000);
    const measure = () => measureBoth(session, prometheusUrl, values);
    const without = await measure();

    const rules = await session.text('cold', 'slos/rules');
    // Every rule at once, not when its interval comes round.
    const quick = writeRunFile(
      run,
      'rules.yml',
      rules.replace(/^(\s+interval:) .*$/gm, '$1 20s'),
    );
    config(quick);
    await fetch(`${prometheusUrl}/-/reload`, { method: 'POST' });
    await untilRecorded(session);
    const withRules = await measure();

    const rows = [
      ['raw series', ...without],
      ['recording rules', ...withRules],
    ];
    process.stdout.write(`${report(values, rows)}\n`);
  } finally {
    await children.stop(0);
  }
}

async function measureBoth(session, prometheusUrl, { cold, warm }) {
  const before = await queriesServed(prometheusUrl);
  const { models, objectives, queries, readFrom } = await session.slos('cold');
  const served = (await queriesServed(prometheusUrl)) - before;
  const ask = entity => () => session.slos(entity);
  const coldMs = await timed(Array(Number(cold)).fill(ask('cold')), 1);
  await session.slos('warm');
  const warmMs = await timed(Array(Number(warm)).fill(ask('warm')), 1);
  say(`${models} models, ${objectives} objectives, ${queries} queries`);
  return [
    models,
    objectives,
    readFrom,
    served,
    quantile(coldMs, 0.5).toFixed(0),
    quantile(coldMs, 0.95).toFixed(0),
    quantile(warmMs, 0.5).toFixed(1),
    quantile(warmMs, 0.95).toFixed(1),
  ];
}

/** The portal, with the service under two names: through a cluster without a cache, and through one with the usual one. */
async function startPortalOn(children, run, { sandbox, prometheusUrl }) {
  const cluster = (name, cacheTtl) => ({
    name,
    kubernetes: {
      url: sandbox.kubernetes,
      serviceAccountToken: sandbox.tokens.reader,
    },
    prometheus: {
      url: prometheusUrl,
      timeout: '60s',
      ...(cacheTtl && { cacheTtl }),
    },
  });
  writeRunFile(run, 'slos.yaml', openSlo());
  const catalog = writeRunFile(
    run,
    'entities.yaml',
    ['cold', 'warm']
      .map(name =>
        JSON.stringify({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name,
            annotations: {
              'ai-mesh.io/service': `${name}/${SERVICE}`,
              'ai-mesh.io/slos': 'slos.yaml',
            },
          },
          spec: {
            type: 'service',
            lifecycle: 'production',
            owner: 'ai-platform',
          },
        }),
      )
      .join('\n---\n'),
  );
  const port = await freePort();
  const settings = JSON.parse(
    portalConfig({
      port,
      cluster: cluster('warm'),
      catalog,
      measured: true,
    }),
  );
  settings.aiMesh.clusters.push(cluster('cold', '0s'));
  const config = writeRunFile(
    run,
    'app-config.yaml',
    JSON.stringify(settings, null, 2),
  );
  const url = await startPortal(children, run, { port, configs: [config] });
  const session = await DemoSession.signIn(url, 'owner');
  await Promise.all(['cold', 'warm'].map(name => session.waitForEntity(name)));
  return {
    text: (name, view) => session.text(name, view),
    async slos(name) {
      const answer = await session.view(name, 'slos?window=6h');
      const objectives = answer.models.flatMap(model => model.objectives);
      return {
        models: answer.models.length,
        objectives: objectives.length,
        queries: answer.queries.length,
        recordingRules: answer.recordingRules,
        readFrom: [...new Set(objectives.map(one => one.readFrom))].join(', '),
      };
    },
  };
}

async function untilRecorded(session) {
  for (let attempt = 0; attempt < 60; attempt++) {
    const { recordingRules } = await session.slos('cold');
    if (recordingRules.status === 'read') {
      return;
    }
    await sleep(3000);
  }
  throw new Error('the recording rules were not read within 3 minutes');
}

function prometheusConfig(exporter, rules) {
  return JSON.stringify({
    global: { scrape_interval: '15s', evaluation_interval: '20s' },
    scrape_configs: [
      {
        job_name: 'bench',
        honor_labels: true,
        static_configs: [{ targets: [exporter] }],
      },
    ],
    rule_files: rules ? [rules] : [],
  });
}

/** A page for Prometheus to scrape; it ends with the process. */
async function serve(page) {
  const server = createServer((_, response) => response.end(page()));
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `127.0.0.1:${server.address().port}`;
}

async function startPrometheus(children, run, { bin, data, port, config }) {
  const log = join(run, 'prometheus.log');
  children.start(
    'Prometheus',
    bin,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=1y',
      '--web.enable-lifecycle',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { log },
  );
  await waitForUrl(`http://127.0.0.1:${port}/-/ready`, {
    what: 'Prometheus',
    log,
    seconds: 120,
    gaveUp: () => children.stopping,
  });
}

function openSlo() {
  return OBJECTIVES.map(
    ([name, seconds]) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name} }
spec:
  service: llm-gateway-service
  indicator:
    spec:
${
  seconds
    ? '      thresholdMetric: { metricSource: { type: ai-mesh, spec: { indicator: latency } } }'
    : '      ratioMetric: { bad: { metricSource: { type: ai-mesh, spec: { indicator: errors } } }, total: { metricSource: { type: ai-mesh, spec: { indicator: requests } } } }'
}
  timeWindow: [{ duration: 30d, isRolling: true }]
  objectives: [{ ${seconds ? `op: lte, value: ${seconds}, ` : ''}target: 0.99 }]
`,
  ).join('---\n');
}

function report({ models, days, step, cold, warm }, rows) {
  return [
    `${models} models, 3 objectives each, ${days} days with a sample every ${step} s; ${cold} cold and ${warm} warm requests, one after the other; ${cpus().length} cores.`,
    '',
    table(
      [
        'read',
        'models',
        'objectives',
        'says it read',
        'Prometheus queries',
        'cold p50 ms',
        'cold p95 ms',
        'warm p50 ms',
        'warm p95 ms',
      ],
      rows,
    ),
  ].join('\n');
}
