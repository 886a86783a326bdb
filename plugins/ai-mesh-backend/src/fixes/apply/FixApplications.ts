import {
  inEnglish,
  said,
  wording,
  type FixApplication,
  type FixApplicationAction,
  type FixApplicationBody,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  AuditorService,
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { explainingStore } from '../../database/databaseTrouble';
import type { Target } from '../../target/Target';
import { worded } from '../../worded';
import { applicabilityIn } from './applicabilityIn';
import {
  ApplicationGuard,
  type ApplicationGuardOptions,
} from './ApplicationGuard';
import { ApplicationNews } from './ApplicationNews';
import type { ApplicationRecord } from './ApplicationRecord';
import { busy } from './applicationRefusals';
import {
  ApplicationStore,
  StaleApplication,
  type Due,
} from './ApplicationStore';
import { ApplicationWriter } from './ApplicationWriter';
import { actionsIn, decide, type Decider } from './decide';
import { dueOf, inMs } from './dueOf';
import type { FixAnnouncer } from './FixAnnouncer';
import { newApplication } from './newApplication';

/** Of one entity; of older ones is told how many there are. */
const MOST_SHOWN = 20;
const TICK_MS = 10_000;
const ID = /^[0-9a-f-]{36}$/;
const KEEP_MS = 90 * 86_400_000;

const AWAY = wording('database.noFixes');

export interface FixApplicationsOptions extends ApplicationGuardOptions {
  database: DatabaseService;
  scheduler: SchedulerService;
  auditor: AuditorService;
  announcer: Pick<FixAnnouncer, 'happened'>;
  /** As for canaries. */
  rules: { requesterMayApprove: boolean; requestExpiryMs: number };
  logger: LoggerService;
  now(): Date;
}

/**
 * Fixes that are written into the cluster: asked for by one person, approved by another, written once by one replica,
 * and undone as exactly.
 */
export class FixApplications {
  readonly #options: FixApplicationsOptions;
  readonly #guard: ApplicationGuard;
  readonly #news: ApplicationNews;
  readonly #writer: ApplicationWriter;
  #store: ApplicationStore | undefined;

  constructor(options: FixApplicationsOptions) {
    const { auditor, announcer, rules, logger, now } = options;
    const opened = () => this.#opened();
    this.#options = options;
    this.#guard = new ApplicationGuard(options);
    this.#news = new ApplicationNews({ opened, announcer, logger, now });
    this.#writer = new ApplicationWriter({
      opened,
      guard: this.#guard,
      auditor,
      requestExpiryMs: rules.requestExpiryMs,
      news: this.#news,
      now,
    });
  }

  async start(): Promise<void> {
    const { scheduler } = this.#options;
    await scheduler.scheduleTask({
      id: 'apply-fixes',
      // A task for all replicas would need the database at the start, which may still be away.
      scope: 'local',
      frequency: { milliseconds: TICK_MS },
      initialDelay: { milliseconds: TICK_MS },
      timeout: { minutes: 15 },
      fn: () => this.#writer.attend(),
    });
    await scheduler.scheduleTask({
      id: 'tell-of-fixes',
      scope: 'local',
      frequency: { milliseconds: TICK_MS },
      initialDelay: { milliseconds: TICK_MS },
      timeout: { minutes: 15 },
      fn: () => this.#news.tellLeft(),
    });
    await scheduler.scheduleTask({
      id: 'forget-applied-fixes',
      scope: 'local',
      frequency: { hours: 6 },
      initialDelay: { minutes: 10 },
      timeout: { minutes: 5 },
      fn: async () =>
        (await this.#opened()).prune(inMs(this.#options.now(), -KEEP_MS)),
    });
  }

  /** Waits for what is being written. */
  async stop(): Promise<void> {
    await this.#writer.idle();
  }

  /**
   * Asks that a fix is written, once another person approves it. The cluster has to take it in a dry run.
   *
   * @throws ConflictError where the review does not have the finding, or something speaks against it
   * @throws NotAllowedError where the Service is not provably the entity's
   * @throws ServiceUnavailableError while the cluster or the database does not answer
   */
  async request(
    { entityRef }: Pick<Target, 'entityRef'>,
    body: FixApplicationBody,
    requestedBy: string,
    review: Review,
  ): Promise<FixApplication> {
    const store = await this.#opened();
    const record = await newApplication(
      { ...body, entityRef, requestedBy },
      review,
      this.#guard,
      this.#options.now(),
    );
    try {
      await store.add(record, this.#due(record));
    } catch (error) {
      throw busy(error, nameOf(record));
    }
    void this.#news.tell(record);
    return this.#shown(record);
  }

  /**
   * Carries out a decision on it.
   *
   * @throws NotFoundError, NotAllowedError, ConflictError, ServiceUnavailableError
   */
  async act(
    entityRef: string,
    id: string,
    action: FixApplicationAction,
    decider: Decider,
  ): Promise<FixApplication> {
    const { rules, now } = this.#options;
    const store = await this.#opened();
    // Whatever else stands in a path is no id, and nothing that a database need be asked.
    const record = ID.test(id) ? await store.get(entityRef, id) : undefined;
    if (!record) {
      throw worded(NotFoundError, wording('fix.none'));
    }
    const next = decide(
      record,
      action,
      decider,
      rules.requesterMayApprove,
      now(),
    );
    let saved: ApplicationRecord;
    try {
      saved = await store.save(next, this.#due(next));
    } catch (error) {
      throw error instanceof StaleApplication
        ? worded(ConflictError, wording('fix.decided'))
        : busy(error, nameOf(record));
    }
    if (saved.state === 'approved' || saved.state === 'undoing') {
      this.#writer
        .attend()
        .catch(error =>
          this.#options.logger.warn(`Fixes are applied later: ${error}`),
        );
    }
    void this.#news.tell(saved);
    return this.#shown(saved);
  }

  /** A review with what can be applied, and what was. Never rejects: what cannot be read says why. */
  async addTo(
    review: Review,
    target: Pick<Target, 'clusters' | 'entityRef' | 'resolution'>,
  ): Promise<Review> {
    const { canaryOn, logger } = this.#options;
    const told = {
      ...review,
      findings: review.findings.map(finding =>
        finding.fix
          ? {
              ...finding,
              fix: {
                ...finding.fix,
                applicability: applicabilityIn(target, finding.fix, canaryOn),
              },
            }
          : finding,
      ),
    };
    try {
      const { records, total } = await (
        await this.#opened()
      ).of(review.entityRef, MOST_SHOWN);
      const more = total - records.length;
      return {
        ...told,
        applications: records.map(one => this.#shown(one)),
        ...(more > 0 && { moreApplications: more }),
      };
    } catch (error) {
      logger.warn(`Applied fixes could not be read: ${error}`);
      return { ...told, applicationsUnknown: inEnglish([AWAY]) };
    }
  }

  #due(record: ApplicationRecord): Due {
    const { rules, now } = this.#options;
    return dueOf(record, rules.requestExpiryMs, now());
  }

  #shown(record: ApplicationRecord): FixApplication {
    const {
      entityRef: _,
      operations: __,
      specBefore: ___,
      specAfter: ____,
      begun: _____,
      words,
      ...shown
    } = record;
    return {
      ...shown,
      ...(words && said(...words)),
      actions: actionsIn(record.state),
      requesterMayApprove: this.#options.rules.requesterMayApprove,
    };
  }

  async #opened(): Promise<ApplicationStore> {
    if (!this.#store) {
      const { database, logger } = this.#options;
      const knex = await database.getClient();
      // Canaries run the migrations, for all that the plugin keeps.
      if (!(await ApplicationStore.isReady(knex))) {
        throw worded(ServiceUnavailableError, AWAY);
      }
      this.#store = explainingStore(
        new ApplicationStore(knex),
        'database.weightsStay',
        message => logger.warn(message),
      );
    }
    return this.#store;
  }
}

function nameOf({ object }: ApplicationRecord): string {
  return `${object.kind} ${object.namespace}/${object.name}`;
}
