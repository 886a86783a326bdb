import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import Knex from 'knex';
import { HttpPrometheusClient } from '../../prometheus/HttpPrometheusClient';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import { DatabaseCanaryStore } from '../store/DatabaseCanaryStore';
import { createApproved } from './createApproved';
import { EvidencePrometheus } from './EvidencePrometheus';
import { ReplicaReport } from './ReplicaReport';
import { runEngine } from './runEngine';

/** What an engine's process is told, as JSON, in its only argument. */
export interface EngineProcessOptions {
  database: Knex.Knex.Config;
  kubernetes: { url: string; token: string };
  lease: { owner: string; durationMs: number };
  /** Absent: the wall clock. */
  clock?: { epochMs: number; times: number };
  scrapeIntervalSeconds: number;
  claimMs?: number;
  claimLimit?: number;
  /** A real one; absent: one where all is well. */
  prometheusUrl?: string;
  /** Only makes the tables and so many approved canaries, one for each service of the canary world. */
  seed?: { canaries: number; plan: Partial<CanaryPlan> };
  /** Tells on stdout how it fares, so often. */
  reportMs?: number;
}

const logger: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => undefined,
  debug: () => undefined,
  child: () => logger,
};

/** One replica's engine with nothing around it, made to be killed and measured. */
async function main(options: EngineProcessOptions): Promise<void> {
  const { epochMs, times } = options.clock ?? { epochMs: 0, times: 1 };
  const now = () => new Date(epochMs + (Date.now() - epochMs) * times);
  const knex = Knex(options.database);
  const store = await DatabaseCanaryStore.create({
    getClient: async () => knex,
    migrations: { skip: options.seed === undefined },
  });
  if (options.seed) {
    const { canaries, plan } = options.seed;
    for (let i = 0; i < canaries; i++) {
      await createApproved(store, `c${i}`, i, plan, now());
    }
    await knex.destroy();
    return;
  }
  const report = new ReplicaReport(knex, prometheusOf(options, now));
  const running = await runEngine({
    store: report.watched(store),
    logger,
    lease: options.lease,
    kubernetes: options.kubernetes,
    prometheus: report.prometheus,
    scrapeIntervalSeconds: options.scrapeIntervalSeconds,
    now,
    timings: {
      ...(options.claimMs && { claimMs: options.claimMs }),
      ...(options.claimLimit && { claimLimit: options.claimLimit }),
    },
  });
  process.once('SIGTERM', () => {
    running
      .stop()
      .then(() => knex.destroy())
      .then(() => process.exit(0));
  });
  process.stdout.write('{"ready":true}\n');
  if (options.reportMs) {
    setInterval(
      () =>
        process.stdout.write(
          `${JSON.stringify({ ...report.take(), ...running.engine.load })}\n`,
        ),
      options.reportMs,
    );
  }
}

function prometheusOf(
  { prometheusUrl }: EngineProcessOptions,
  now: () => Date,
): PrometheusClient {
  return prometheusUrl
    ? new HttpPrometheusClient({
        cluster: 'demo',
        settings: {
          url: prometheusUrl,
          auth: { type: 'none' },
          headers: {},
          extraLabels: {},
          tls: { skipVerify: false },
          timeoutMs: 10_000,
          cacheTtlMs: 10_000,
        },
      })
    : Object.assign(new EvidencePrometheus(), { now });
}

main(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
