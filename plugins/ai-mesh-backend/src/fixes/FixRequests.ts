import {
  inEnglish,
  wording,
  type FixRequest,
  type FixRequestBody,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import { explainingStore } from '../database/databaseTrouble';
import type { GitHosts } from '../gitHosts';
import { worded } from '../worded';
import { FixRequestStore } from './FixRequestStore';
import type { FollowedRequest } from './FollowedFinding';
import { standingOf } from './standingOf';

/** Of one entity; of older ones it is said how many there are. */
const MOST_SHOWN = 20;
/** Of one turn, one after another. */
const MOST_ASKED = 50;
const KEEP_MS = 90 * 86_400_000;
/** Longer than a turn takes: a replica that dies in it leaves its requests to the next. */
const CLAIM_MS = 10 * 60_000;

const AWAY = wording('database.noPullRequests');

export interface FixRequestsOptions {
  database: DatabaseService;
  scheduler: SchedulerService;
  hosts: Pick<GitHosts, 'addressOf' | 'ask'>;
  /** How often it is looked for requests whose hosts are to be asked, ms. */
  tickMs: number;
  logger: LoggerService;
  now(): Date;
}

/** Pull requests for findings: kept, followed at their hosts until they end, and set beside the review of now. */
export class FixRequests {
  readonly #options: FixRequestsOptions;
  #store: FixRequestStore | undefined;

  constructor(options: FixRequestsOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { scheduler, tickMs } = this.#options;
    await scheduler.scheduleTask({
      id: 'follow-fix-requests',
      // A task for all replicas would need the database at the start, which may still be away.
      scope: 'local',
      frequency: { milliseconds: tickMs },
      initialDelay: { milliseconds: tickMs },
      timeout: { minutes: 5 },
      fn: signal => this.#tick(signal),
    });
    await scheduler.scheduleTask({
      id: 'forget-fix-requests',
      scope: 'local',
      frequency: { hours: 6 },
      initialDelay: { minutes: 10 },
      timeout: { minutes: 5 },
      fn: async () => (await this.#opened()).prune(this.#inMs(-KEEP_MS)),
    });
  }

  /**
   * Keeps that a pull request was opened for findings. The same for the same entity and address is kept once.
   *
   * @throws InputError where the address is no pull request of a host of this portal
   * @throws ConflictError where the review does not have a finding
   * @throws ServiceUnavailableError while there is no database
   */
  async follow(
    entityRef: string,
    { findings: ids, url }: FixRequestBody,
    askedBy: string,
    review: Review,
  ): Promise<FixRequest> {
    const { hosts, now } = this.#options;
    const address = hosts.addressOf(url);
    const findings = [...new Set(ids)].map(id => {
      const finding = review.findings.find(one => one.id === id);
      if (!finding) {
        throw worded(ConflictError, wording('fix.oneGone'));
      }
      const { code, object, fix } = finding;
      return {
        id,
        code,
        object: fix?.object ?? object,
        patch: fix?.jsonPatch ?? [],
      };
    });
    const store = await this.#opened();
    const { state, againMs } = await hosts.ask(address, now());
    const kept = await store.add(
      {
        id: randomUUID(),
        entityRef,
        url: address,
        askedBy,
        askedAt: now().toISOString(),
        findings,
        state,
      },
      againMs === undefined ? undefined : this.#inMs(againMs),
    );
    return shown(kept, review);
  }

  /** A review with the pull requests for its findings. Never rejects: what cannot be read says why. */
  async addTo(review: Review): Promise<Review> {
    try {
      const { requests, total } = await (
        await this.#opened()
      ).of(review.entityRef, MOST_SHOWN);
      const more = total - requests.length;
      return {
        ...review,
        requests: requests.map(one => shown(one, review)),
        ...(more > 0 && { moreRequests: more }),
      };
    } catch (error) {
      this.#options.logger.warn(`Pull requests could not be read: ${error}`);
      return { ...review, requestsUnknown: inEnglish([AWAY]) };
    }
  }

  async #tick(signal: AbortSignal): Promise<void> {
    const { hosts, now } = this.#options;
    const store = await this.#opened();
    const due = await store.due(
      this.#inMs(0),
      this.#inMs(CLAIM_MS),
      MOST_ASKED,
    );
    for (const request of due) {
      signal.throwIfAborted();
      const { state, againMs } = await hosts.ask(request.url, now());
      await store.note(
        request,
        state,
        againMs === undefined ? undefined : this.#inMs(againMs),
      );
    }
  }

  #inMs(ms: number): string {
    return new Date(this.#options.now().getTime() + ms).toISOString();
  }

  async #opened(): Promise<FixRequestStore> {
    if (!this.#store) {
      const { database, logger } = this.#options;
      const knex = await database.getClient();
      // Canaries run the migrations, for all that the plugin keeps.
      if (!(await FixRequestStore.isReady(knex))) {
        throw worded(ServiceUnavailableError, AWAY);
      }
      this.#store = explainingStore(
        new FixRequestStore(knex),
        'database.followedLater',
        message => logger.warn(message),
      );
    }
    return this.#store;
  }
}

function shown(
  { entityRef: _, findings, ...request }: FollowedRequest,
  review: Review,
): FixRequest {
  return {
    ...request,
    findings: findings.map(({ patch, ...finding }) => ({
      ...finding,
      standing: standingOf({ ...finding, patch }, review),
    })),
  };
}
