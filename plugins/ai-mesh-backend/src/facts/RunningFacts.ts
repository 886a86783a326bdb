import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { explainingStore } from '../database/databaseTrouble';
import { worded } from '../worded';
import type { ScorecardRules } from './checks/CheckRule';
import { ConcernStore } from './concerns/ConcernStore';
import {
  ConcernTeller,
  type ConcernTellerOptions,
} from './concerns/ConcernTeller';
import type { FactTimings } from './FactTimings';
import { FactsService, type FactsNumbers } from './read/FactsService';
import { FactsRefresh, type FactsRefreshOptions } from './refresh/FactsRefresh';
import { DatabaseFactsStore } from './store/DatabaseFactsStore';

const RETRY_MS = 5_000;
/** The start of the portal waits no longer for the database; facts follow when it is there. */
const PATIENCE_MS = 5_000;
/** A catalog that forgets an entity for some days, as one that is set up anew does, costs no history. */
const KEEP_GONE_MS = 7 * 86_400_000;
/** Longer than nothing more is told of a concern. */
const KEEP_CONCERNS_MS = 86_400_000;

export interface RunningFactsOptions
  extends
    Pick<FactsRefreshOptions, 'entities' | 'gather' | 'changed'>,
    ConcernTellerOptions {
  database: DatabaseService;
  scheduler: SchedulerService;
  timings: FactTimings;
  rules: ScorecardRules;
  logger: LoggerService;
}

/**
 * Facts for as long as the portal runs: what computes them, on one replica at a time, and what reads them. While the
 * database is away, everything else of the plugin works, and this says so.
 */
export class RunningFacts {
  readonly #options: RunningFactsOptions;
  /** Tasks that a try before has scheduled. */
  readonly #scheduled = new Set<string>();
  #service: FactsService | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: RunningFactsOptions) {
    this.#options = options;
  }

  /** Never rejects: a database that is not there yet is tried again. */
  async start(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>(resolve => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([this.#open(), patience]);
    clearTimeout(timer);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
  }

  async #open(): Promise<void> {
    const { database, logger } = this.#options;
    try {
      const knex = await database.getClient();
      if (
        !(await DatabaseFactsStore.isReady(knex)) ||
        !(await ConcernStore.isReady(knex))
      ) {
        // Canaries run the migrations, for all that the plugin keeps.
        throw new Error('its tables are not there yet');
      }
      const store = new DatabaseFactsStore(knex);
      await this.#schedule(store, new ConcernStore(knex));
      this.#service = new FactsService({
        store: explainingStore(store, 'database.factsStay', message =>
          logger.warn(message),
        ),
        timings: this.#options.timings,
        rules: this.#options.rules,
        now: () => new Date(),
      });
    } catch (error) {
      logger.error(
        `Facts cannot be kept without the database; it is tried again: ${error}`,
      );
      if (!this.#stopped) {
        this.#retry = setTimeout(() => this.#open(), RETRY_MS);
      }
    }
  }

  /** @throws ServiceUnavailableError while there is no database */
  get service(): FactsService {
    if (!this.#service) {
      throw worded(ServiceUnavailableError, wording('database.noFacts'));
    }
    return this.#service;
  }

  /** How fresh facts are; undefined while there is no database. */
  async numbers(): Promise<FactsNumbers | undefined> {
    return this.#service?.numbers();
  }

  async #schedule(
    store: DatabaseFactsStore,
    concerns: ConcernStore,
  ): Promise<void> {
    const { timings, logger } = this.#options;
    const now = () => new Date();
    const teller = new ConcernTeller(this.#options);
    const refresh = new FactsRefresh({
      ...this.#options,
      store,
      tell: async (entity, seen, at) =>
        seen && teller.tell(concerns, entity, seen, at),
      now,
    });
    await this.#scheduleOnce({
      id: 'refresh-facts',
      scope: 'global',
      frequency: { milliseconds: timings.tickMs },
      initialDelay: { seconds: 5 },
      timeout: { minutes: 10 },
      fn: async signal => {
        await refresh.tick(signal);
      },
    });
    await this.#scheduleOnce({
      id: 'prune-facts',
      scope: 'global',
      frequency: { hours: 6 },
      initialDelay: { minutes: 10 },
      timeout: { minutes: 30 },
      fn: async () => {
        const before = (ms: number) =>
          new Date(now().getTime() - ms).toISOString();
        const count = await store.prune({
          changes: before(timings.keepChangesMs),
          days: before(timings.keepDaysMs),
          gone: before(KEEP_GONE_MS),
        });
        await concerns.prune(before(KEEP_CONCERNS_MS));
        if (count > 0) {
          logger.info(
            `The facts of ${count} entities that the catalog has not had for a week are gone`,
          );
        }
      },
    });
  }

  async #scheduleOnce(
    task: Parameters<SchedulerService['scheduleTask']>[0],
  ): Promise<void> {
    if (!this.#scheduled.has(task.id)) {
      await this.#options.scheduler.scheduleTask(task);
      this.#scheduled.add(task.id);
    }
  }
}
