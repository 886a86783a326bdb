import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './ports.mjs';
import { ensurePrometheus } from './prometheus.mjs';
import { prometheusConfig } from './prometheusConfig.mjs';
import { catalogOf } from './servicesCatalog.mjs';
import { writeRunFile } from './runFolder.mjs';
import { root, run as runToEnd, say } from './shell.mjs';
import { waitForUrl } from './waitForUrl.mjs';
import { worlds } from './worlds.mjs';

/**
 * Starts the simulated mesh and a real Prometheus for each of its clusters (or one for all), which scrapes it every 2 s
 * unless `scrapeSeconds` says otherwise, and asks for all of it unless `samples` names what it asks for, or `buckets` those of
 * Istio's histograms. Gives the clusters in the shape of `aiMesh.clusters[]`, the first as `cluster` too, and the sandbox's
 * control URL and scenes.
 */
export async function startSandboxMesh(children, run, options) {
  const bin = await ensurePrometheus();
  const world = worlds[options.world ?? 'shop'];
  const servers = [];
  for (const at of options.onePrometheus ? [0] : world.clusters.keys()) {
    const port = await freePort(at === 0 ? options.prometheusPort : 0);
    servers.push({ port, url: `http://127.0.0.1:${port}` });
  }
  const sandbox = await startSandbox(children, run, {
    port: await freePort(options.sandboxPort),
    prometheusUrls: servers.map(({ url }) => url),
    args: [
      '--world',
      options.world ?? 'shop',
      ...(options.services ? ['--services', String(options.services)] : []),
      ...gitArgs(options, world),
      ...(options.sandboxArgs ?? []),
    ],
  });
  const shared = servers.length < sandbox.clusters.length;
  for (const [at, { port }] of servers.entries()) {
    await startPrometheus(children, run, {
      bin,
      port,
      name: at === 0 ? 'Prometheus' : `Prometheus-${sandbox.clusters[at].name}`,
      targets: shared ? sandbox.clusters : [sandbox.clusters[at]],
      scrapeSeconds: options.scrapeSeconds ?? 2,
      samples: options.samples,
      buckets: options.buckets,
      // What the portal measures of itself: of one, since it is one portal.
      portal: at === 0 ? options.metricsPort : undefined,
    });
  }
  const { scenes } = await fetch(sandbox.control).then(answer => answer.json());
  const addresses = sandbox.clusters.map((cluster, at) => ({
    ...cluster,
    prometheusServer: (servers[at] ?? servers[0]).url,
  }));
  writeRunFile(
    run,
    'demo.json',
    JSON.stringify({
      control: sandbox.control,
      kubernetes: sandbox.kubernetes,
      prometheus: servers[0].url,
      git: sandbox.git,
      clusters: addresses.map(
        ({ name, control, kubernetes, prometheusServer }) => ({
          name,
          control,
          kubernetes,
          prometheus: prometheusServer,
        }),
      ),
    }),
  );
  const clusters = addresses.map(address =>
    clusterConfig(address, {
      // A mesh of one cluster calls it what Istio does where nobody names it.
      name: world.clusters.length === 1 ? 'demo' : address.name,
      token: sandbox.tokens.writer,
      shared,
      tracing: world.tracing ?? 'jaeger',
    }),
  );
  return {
    clusters,
    cluster: clusters[0],
    catalog: options.services
      ? writeRunFile(
          run,
          'entities.yaml',
          await catalogOf(clusters, options.entities),
        )
      : world.catalog,
    // A week would be a long demo, and an hour for a canary too.
    security: { lookBack: '2m' },
    canary: {
      approvers: ['{owner}-approvers'],
      gates: [
        {
          name: 'thumbs-down',
          title: { en: 'Thumbs down', zh: '差评率' },
          kind: 'share',
          bad: 'ai_feedback_total{rating="down",{{selector}}}',
          all: 'ai_feedback_total{ {{selector}} }',
          // The shop's customers are hard to please: a quarter of their thumbs is down on a good day.
          rollBackAbove: 0.35,
          advanceBelow: 0.3,
          nonInferiorityMargin: 0.1,
          leastCount: 10,
        },
      ],
      plan: {
        intervalSeconds: 20,
        checkSeconds: 5,
        minRequests: 20,
        stepWeight: 20,
        // Of some ten requests a second, a percentage point takes minutes to show; ten take half a minute.
        gates: {
          errorRate: { nonInferiorityMargin: 0.1 },
          throttled: { nonInferiorityMargin: 0.1 },
          latencyP99: { slowShare: { nonInferiorityMargin: 0.1 } },
        },
      },
    },
    demo: { control: sandbox.control, scenes },
    git: sandbox.git,
    prometheusUrl: servers[0].url,
  };
}

/** A generated mesh has no files, and one of several clusters no single folder of them. */
function gitArgs({ services }, { clusters, inGit }) {
  if (services || clusters.length > 1) {
    return [];
  }
  if (spawnSync('git', ['--version']).status !== 0) {
    say(
      'there is no git here, so the demo has no repository to open pull requests in',
    );
    return [];
  }
  return ['--git', ...(inGit ? ['--git-folder', join(root, inGit)] : [])];
}

/** One of `aiMesh.clusters[]`. */
function clusterConfig(address, { name, token, shared, tracing }) {
  const { kubernetes, prometheus, prometheusServer, kiali } = address;
  const traces = address[tracing];
  return {
    name,
    kubernetes: { url: kubernetes, serviceAccountToken: token },
    prometheus: {
      url: prometheus,
      scrapeInterval: '2s',
      ...(shared && { extraLabels: { cluster: address.name } }),
    },
    kiali: { url: kiali },
    tracing: {
      type: tracing,
      url: traces,
      // The sandbox has no pages for traces: what a link shows is the answer's JSON.
      traceUrl: `${traces}/api/traces/{traceId}`,
    },
    links: [
      {
        title: 'Requests, in Prometheus',
        url: `${prometheusServer}/graph?g0.tab=0&g0.range_input=15m&g0.expr=sum%20by%20(destination_version,response_code)%20(rate(istio_requests_total%7Breporter%3D%22destination%22,destination_service_namespace%3D%22{namespace}%22,destination_service_name%3D%22{service}%22%7D%5B1m%5D))`,
      },
    ],
    allowWrites: true,
  };
}

export async function startSandbox(
  children,
  run,
  { port, prometheusUrls, args },
) {
  say('starting the simulated mesh');
  const cli = join(root, 'packages/mesh-sandbox/bin/mesh-sandbox');
  const log = join(run, 'sandbox.log');
  const child = children.start(
    'the simulated mesh',
    process.execPath,
    [
      cli,
      'serve',
      '--port',
      String(port),
      ...prometheusUrls.flatMap(url => ['--prometheus-upstream', url]),
      ...args,
    ],
    { log, heard: true },
  );
  const ready = await firstLine(child, log);
  const kubeconfig = join(run, 'kubeconfig');
  const servers =
    ready.clusters.length === 1
      ? ['--url', ready.kubernetes]
      : ready.clusters.flatMap(({ name, kubernetes }) => [
          '--cluster',
          `${name}=${kubernetes}`,
        ]);
  await runToEnd(
    process.execPath,
    [cli, 'kubeconfig', ...servers, '--out', kubeconfig],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return ready;
}

/** The sandbox says where it is in its first line of output. */
function firstLine(child, log) {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.once('line', line => {
      try {
        resolve(JSON.parse(line));
      } catch (error) {
        reject(new Error(`the simulated mesh said ${line}; see ${log}`));
      }
    });
    child.once('close', () =>
      reject(new Error(`the simulated mesh did not start; see ${log}`)),
    );
  });
}

async function startPrometheus(children, run, { bin, port, name, ...scraped }) {
  say('starting Prometheus');
  const config = writeRunFile(
    run,
    `${name.toLowerCase()}.yml`,
    prometheusConfig(scraped),
  );
  const log = join(run, `${name.toLowerCase()}.log`);
  children.start(
    name,
    bin,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(run, name.toLowerCase())}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { log },
  );
  await waitForUrl(`http://127.0.0.1:${port}/-/ready`, {
    what: 'Prometheus',
    log,
    seconds: 60,
    gaveUp: () => children.stopping,
  });
}
