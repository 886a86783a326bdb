import Knex from 'knex';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { DatabaseCanaryStore } from '../store/DatabaseCanaryStore';
import { EvidencePrometheus } from './EvidencePrometheus';
import { runEngine } from './runEngine';

/** What an engine's process is told, as JSON, in its only argument. */
export interface EngineProcessOptions {
  database: Knex.Knex.Config;
  kubernetes: { url: string; token: string };
  lease: { owner: string; durationMs: number };
  clock: { epochMs: number; times: number };
  scrapeIntervalSeconds: number;
  claimMs: number;
  claimLimit?: number;
}

const logger: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => undefined,
  debug: () => undefined,
  child: () => logger,
};

/** One replica's engine with nothing around it, made to be killed. */
async function main(options: EngineProcessOptions): Promise<void> {
  const { epochMs, times } = options.clock;
  const knex = Knex(options.database);
  const store = await DatabaseCanaryStore.create({
    getClient: async () => knex,
    migrations: { skip: true },
  });
  const running = await runEngine({
    store,
    logger,
    lease: options.lease,
    kubernetes: options.kubernetes,
    prometheus: new EvidencePrometheus(),
    scrapeIntervalSeconds: options.scrapeIntervalSeconds,
    now: () => new Date(epochMs + (Date.now() - epochMs) * times),
    timings: {
      claimMs: options.claimMs,
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
}

main(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
