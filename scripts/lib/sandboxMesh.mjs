import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './ports.mjs';
import { ensurePrometheus } from './prometheus.mjs';
import { writeRunFile } from './runFolder.mjs';
import { root, run as runToEnd, say } from './shell.mjs';
import { waitForUrl } from './waitForUrl.mjs';

/**
 * Starts the simulated mesh and a real Prometheus that scrapes it, every 2 s unless `scrapeSeconds` says otherwise.
 * Gives the cluster in the shape of `aiMesh.clusters[]`, and the sandbox's control URL and scenes.
 */
export async function startSandboxMesh(children, run, options) {
  const prometheusBin = await ensurePrometheus();
  const prometheusPort = await freePort(options.prometheusPort);
  const prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
  const sandbox = await startSandbox(children, run, {
    port: await freePort(options.sandboxPort),
    prometheusUrl,
    args: options.sandboxArgs ?? [],
  });
  await startPrometheus(children, run, {
    bin: prometheusBin,
    port: prometheusPort,
    target: new URL(sandbox.url).host,
    scrapeSeconds: options.scrapeSeconds ?? 2,
  });
  const { scenes } = await fetch(sandbox.control).then(answer => answer.json());
  writeRunFile(
    run,
    'demo.json',
    JSON.stringify({
      control: sandbox.control,
      kubernetes: sandbox.kubernetes,
      prometheus: prometheusUrl,
    }),
  );
  return {
    cluster: {
      name: 'demo',
      kubernetes: {
        url: sandbox.kubernetes,
        serviceAccountToken: sandbox.tokens.writer,
      },
      prometheus: { url: sandbox.prometheus, scrapeInterval: '2s' },
      kiali: { url: sandbox.kiali },
      tracing: {
        url: sandbox.jaeger,
        // The sandbox has no pages for traces: what a link shows is Jaeger's JSON.
        traceUrl: `${sandbox.jaeger}/api/traces/{traceId}`,
      },
      links: [
        {
          title: 'Requests, in Prometheus',
          url: `${prometheusUrl}/graph?g0.tab=0&g0.range_input=15m&g0.expr=sum%20by%20(destination_version,response_code)%20(rate(istio_requests_total%7Breporter%3D%22destination%22,destination_service_namespace%3D%22{namespace}%22,destination_service_name%3D%22{service}%22%7D%5B1m%5D))`,
        },
      ],
      allowWrites: true,
    },
    // A week would be a long demo, and an hour for a canary too.
    security: { lookBack: '2m' },
    canary: {
      approvers: ['{owner}-approvers'],
      plan: {
        intervalSeconds: 20,
        checkSeconds: 5,
        minRequests: 20,
        stepWeight: 20,
      },
    },
    demo: { control: sandbox.control, scenes },
    prometheusUrl,
  };
}

export async function startSandbox(
  children,
  run,
  { port, prometheusUrl, args },
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
      '--prometheus-upstream',
      prometheusUrl,
      ...args,
    ],
    { log },
  );
  const ready = await firstLine(child, log);
  const kubeconfig = join(run, 'kubeconfig');
  await runToEnd(
    process.execPath,
    [cli, 'kubeconfig', '--url', ready.kubernetes, '--out', kubeconfig],
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

async function startPrometheus(
  children,
  run,
  { bin, port, target, scrapeSeconds },
) {
  say('starting Prometheus');
  const config = writeRunFile(
    run,
    'prometheus.yml',
    JSON.stringify({
      global: {
        scrape_interval: `${scrapeSeconds}s`,
        scrape_timeout: `${Math.min(scrapeSeconds, 10)}s`,
      },
      scrape_configs: [
        {
          job_name: 'mesh-sandbox',
          honor_labels: true,
          static_configs: [{ targets: [target] }],
        },
      ],
    }),
  );
  const log = join(run, 'prometheus.log');
  children.start(
    'Prometheus',
    bin,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(run, 'prometheus')}`,
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
