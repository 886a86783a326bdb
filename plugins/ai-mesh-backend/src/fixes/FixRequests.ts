import {
  inEnglish,
  wording,
  type FixRequest,
  type FixRequests as FixRequestList,
  type FixRequestsRequest,
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
import type { Target } from '../target/Target';
import { FixRequestStore, type RequestsOf } from './FixRequestStore';
import type { FollowedRequest, WantedFix } from './FollowedRequest';
import { objectStanding } from './objectStanding';
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

/** Pull requests for fixes: kept, followed at their hosts until they end, and set beside what the mesh is now. */
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
   * Keeps that a pull request was opened. The same for the same entity and address is kept once.
   *
   * @throws InputError where the address is no pull request of a host of this portal
   * @throws ConflictError where the same request is kept for something else
   * @throws ServiceUnavailableError while there is no database
   */
  async follow(
    entityRef: string,
    url: string,
    fix: WantedFix,
    askedBy: string,
    now: Present,
  ): Promise<FixRequest> {
    const { hosts } = this.#options;
    const address = hosts.addressOf(url);
    const store = await this.#opened();
    const at = this.#options.now();
    const { state, againMs } = await hosts.ask(address, at);
    const kept = await store.add(
      {
        id: randomUUID(),
        entityRef,
        url: address,
        askedBy,
        askedAt: at.toISOString(),
        ...fix,
        state,
      },
      againMs === undefined ? undefined : this.#inMs(againMs),
    );
    if (kept.kind !== fix.kind || kept.canary !== fix.canary) {
      throw worded(ConflictError, wording('fix.followedOtherwise'));
    }
    return shown(kept, now);
  }

  /** A review with the pull requests for its findings. Never rejects: what cannot be read says why. */
  async addTo(review: Review): Promise<Review> {
    const { entityRef } = review;
    return {
      ...review,
      ...(await this.#read({ entityRef, kind: 'finding' }, { review })),
    };
  }

  /** An entity's pull requests for what is no finding. Never rejects: what cannot be read says why. */
  async list(
    { kind, canary }: FixRequestsRequest,
    target: Pick<Target, 'entityRef' | 'searched'>,
  ): Promise<FixRequestList> {
    const { entityRef } = target;
    return {
      entityRef,
      observedAt: this.#inMs(0),
      ...(await this.#read({ entityRef, kind, canary }, { target })),
    };
  }

  async #read(
    of: RequestsOf,
    now: Present,
  ): Promise<
    Pick<FixRequestList, 'requests' | 'moreRequests' | 'requestsUnknown'>
  > {
    try {
      const { requests, total } = await (
        await this.#opened()
      ).of(of, MOST_SHOWN);
      const more = total - requests.length;
      return {
        requests: await Promise.all(requests.map(one => shown(one, now))),
        ...(more > 0 && { moreRequests: more }),
      };
    } catch (error) {
      this.#options.logger.warn(`Pull requests could not be read: ${error}`);
      return { requestsUnknown: inEnglish([AWAY]) };
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

/** What there is now to see how a request stands: the review for findings, the clusters for the others. */
export interface Present {
  review?: Review;
  target?: Pick<Target, 'searched'>;
}

async function shown(
  { entityRef: _, canary: __, findings, objects, ...request }: FollowedRequest,
  { review, target }: Present,
): Promise<FixRequest> {
  return {
    ...request,
    findings: findings.map(({ patch, ...finding }) => ({
      ...finding,
      standing: review ? standingOf({ ...finding, patch }, review) : 'unknown',
    })),
    objects: await Promise.all(
      objects.map(one => objectStanding(one, target?.searched ?? [])),
    ),
  };
}
