import { ChildProcess, spawn, spawnSync } from 'child_process';
import { once } from 'events';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { createServer } from 'net';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { setTimeout as wait } from 'timers/promises';
import { RunningMeshSandbox, startMeshSandbox } from './startMeshSandbox';

jest.setTimeout(120_000);

const bin = process.env.PROMETHEUS_BIN ?? 'prometheus';
const isInstalled = spawnSync(bin, ['--version']).status === 0;
// Skipped by name where there is no Prometheus; with CI set its absence fails.
const withPrometheus = isInstalled || process.env.CI ? describe : describe.skip;

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

withPrometheus('a real Prometheus', () => {
  let sandbox: RunningMeshSandbox;
  let prometheus: ChildProcess;
  let folder: string;

  async function query(
    expression: string,
  ): Promise<{ metric: Record<string, string>; value: number }[]> {
    const response = await fetch(
      `${sandbox.prometheus}/api/v1/query?query=${encodeURIComponent(expression)}`,
    );
    const { data, error } = await response.json();
    if (error) {
      throw new Error(error);
    }
    return data.result.map(
      (one: { metric: Record<string, string>; value: [number, string] }) => ({
        metric: one.metric,
        value: Number(one.value[1]),
      }),
    );
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
    const port = await freePort();
    sandbox = await startMeshSandbox({
      speed: 10,
      prometheusUpstream: `http://127.0.0.1:${port}`,
    });
    const config = join(folder, 'prometheus.yml');
    await writeFile(
      config,
      JSON.stringify({
        global: { scrape_interval: '1s', scrape_timeout: '1s' },
        scrape_configs: [
          {
            job_name: 'sandbox',
            honor_labels: true,
            static_configs: [{ targets: [new URL(sandbox.url).host] }],
          },
        ],
      }),
    );
    prometheus = spawn(
      bin,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    const end = Date.now() + 60_000;
    for (;;) {
      const scrapes = await query('count_over_time(up[1m])').catch(
        (error: Error) => {
          if (Date.now() > end) {
            throw error;
          }
          return [];
        },
      );
      if ((scrapes[0]?.value ?? 0) >= 15) {
        return;
      }
      await wait(500);
    }
  });

  afterAll(async () => {
    const gone = once(prometheus, 'exit');
    prometheus.kill();
    await gone;
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  it('scrapes it, and loses no sample', async () => {
    const [up] = await query('up');
    expect(up.value).toBe(1);
    const [scraped] = await query('scrape_samples_scraped');
    const [kept] = await query('scrape_samples_post_metric_relabeling');
    expect(scraped.value).toBeGreaterThan(1000);
    expect(kept.value).toBe(scraped.value);
  });

  it('finds both reporters agreed', async () => {
    const rates = await query(
      'sum by (reporter) (rate(istio_requests_total{source_workload="api-gateway"}[30s]))',
    );
    const of = (reporter: string) =>
      rates.find(({ metric }) => metric.reporter === reporter)?.value ?? 0;
    expect(of('source')).toBeGreaterThan(10);
    expect(of('destination') / of('source')).toBeCloseTo(1, 1);
  });

  it('finds the batch job`s plaintext', async () => {
    const plain = await query(
      'sum by (source_workload) (istio_requests_total{reporter="destination",connection_security_policy="none"})',
    );
    expect(plain.map(({ metric }) => metric.source_workload)).toEqual([
      'nightly-embedding-job',
    ]);
  });

  it('finds latencies as a language model has them', async () => {
    const [p95] = await query(
      'histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{reporter="source",destination_service_name="api.fast-model.example"}[30s])))',
    );
    expect(p95.value).toBeGreaterThan(1000);
    expect(p95.value).toBeLessThan(10_000);
  });
});
