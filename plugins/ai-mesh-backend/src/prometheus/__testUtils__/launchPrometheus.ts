import { ChildProcess, execFile, spawn } from 'child_process';
import { once } from 'events';
import { accessSync, constants } from 'fs';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { createServer } from 'net';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { promisify } from 'util';

/** A Prometheus process of a test's own, with the samples that the test gave it. */
export interface RealPrometheus {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts Prometheus over samples in OpenMetrics text; each line needs its timestamp.
 *
 * @param openMetrics - ends with `# EOF`
 */
export async function startPrometheus(
  openMetrics: string,
): Promise<RealPrometheus> {
  return launch('scrape_configs: []\n', async (folder, promtool) => {
    await writeFile(join(folder, 'samples.txt'), openMetrics);
    await promisify(execFile)(promtool, [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      join(folder, 'samples.txt'),
      join(folder, 'data'),
    ]);
  });
}

/** Starts Prometheus, scraping pages of metrics once a second. */
export async function startScrapingPrometheus(
  ...metricsUrls: string[]
): Promise<RealPrometheus> {
  return scrape(metricsUrls);
}

/** The same, without the metrics whose names an expression matches. */
export async function startScrapingPrometheusWithout(
  names: string,
  ...metricsUrls: string[]
): Promise<RealPrometheus> {
  return scrape(
    metricsUrls,
    `
    metric_relabel_configs:
      - { source_labels: [__name__], regex: '${names}', action: drop }`,
  );
}

/** Starts Prometheus with a configuration of its own. */
export function startConfiguredPrometheus(
  config: string,
): Promise<RealPrometheus> {
  return launch(config);
}

function scrape(
  metricsUrls: readonly string[],
  more = '',
): Promise<RealPrometheus> {
  const jobs = metricsUrls.map((metricsUrl, index) => {
    const { host, pathname } = new URL(metricsUrl);
    return `
  - job_name: mesh-${index}
    honor_labels: true
    metrics_path: ${pathname}
    static_configs:
      - targets: ['${host}']${more}`;
  });
  return launch(`global:
  scrape_interval: 1s
  scrape_timeout: 1s
scrape_configs:${jobs.join('')}
`);
}

/** Starts an empty Prometheus that takes native histograms by remote write. */
export async function startNativePrometheus(): Promise<RealPrometheus> {
  return launch('scrape_configs: []\n', undefined, [
    '--enable-feature=native-histograms',
    '--web.enable-remote-write-receiver',
  ]);
}

async function launch(
  config: string,
  prepare?: (folder: string, promtool: string) => Promise<void>,
  flags: readonly string[] = [],
): Promise<RealPrometheus> {
  const prometheus = binary('prometheus');
  const promtool = binary('promtool');
  if (!prometheus || !promtool) {
    throw new Error(
      'These tests need prometheus and promtool: set PROMETHEUS_BIN or install them',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  await writeFile(join(folder, 'prometheus.yml'), config);
  await prepare?.(folder, promtool);
  const port = await freePort();
  const child = spawn(
    prometheus,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const stop = async () => {
    await stopChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(child, `http://127.0.0.1:${port}/-/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** Where a program of Prometheus' is; undefined where it is not installed. */
export function binary(name: 'prometheus' | 'promtool'): string | undefined {
  const configured = process.env.PROMETHEUS_BIN;
  const candidates = (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name));
  if (configured) {
    candidates.unshift(
      name === 'prometheus' ? configured : join(configured, '..', name),
    );
  }
  return candidates.find(path => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let log = '';
  child.stderr?.on('data', chunk => {
    log += chunk;
  });
  for (let attempt = 0; attempt < 150; attempt++) {
    if (child.exitCode !== null) {
      break;
    }
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error(`Prometheus did not become ready:\n${log}`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  }
}
