import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import Knex from 'knex';
import type { WebhookSettings } from '../../config/settings';
import { HttpPrometheusClient } from '../../prometheus/HttpPrometheusClient';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import { WebhookClient } from '../../webhooks/WebhookClient';
import { DatabaseCanaryStore } from '../store/DatabaseCanaryStore';
import { CountingPrometheus } from './CountingPrometheus';
import { createApproved } from './createApproved';
import { EvidencePrometheus } from './EvidencePrometheus';
import { gatesOfEveryKind } from './gatesOfEveryKind';
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
  /**
   * With gates of every kind, and counters that grow by the clock; the gate in code asks for evaluations. The requests are
   * counted by what there is.
   */
  everyGate?: { evaluations: string; counts: CountingPrometheus['counts'] };
  webhooks?: WebhookSettings[];
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
    ...(options.everyGate && {
      gates: gatesOfEveryKind(scoreFrom(options.everyGate.evaluations)),
    }),
    webhooks: options.webhooks?.map(settings => new WebhookClient(settings)),
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

/** Asks an evaluation service, as a module's gate does. */
function scoreFrom(url: string) {
  return async (signal: AbortSignal): Promise<number> => {
    const answer = await fetch(url, { signal });
    return ((await answer.json()) as { score: number }).score;
  };
}

function prometheusOf(
  { prometheusUrl, everyGate }: EngineProcessOptions,
  now: () => Date,
): PrometheusClient {
  if (everyGate) {
    const { counts } = everyGate;
    return Object.assign(new CountingPrometheus(), { now, counts });
  }
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
