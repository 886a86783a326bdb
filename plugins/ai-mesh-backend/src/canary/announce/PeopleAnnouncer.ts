import {
  entityPage,
  type CanaryTransition,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { LRUCache } from 'lru-cache';
import type { Conceal, Ownership } from '../../target/ownership';
import type { CanaryAnnouncer } from '../engine/EngineTools';
import type { CanaryRecord } from '../machine';
import { aboutOf } from './aboutOf';
import { canaryNews, type Audience, type CanaryNews } from './canaryNews';
import type { CanarySignal } from './CanarySignal';
import { within } from '../../within';

/** A canary does not wait longer for its messages to be taken. */
const PATIENCE_MS = 10_000;

/** The same thing of the same canary is not told again sooner, unless it asks people for something. */
const QUIET_MS = 3_600_000;
const MOST_REMEMBERED = 10_000;

export interface AnnouncerTools {
  notifications: NotificationService;
  signal: Pick<CanarySignal, 'changed'>;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  /** Whose Services are, in their order. */
  ownershipsOf(
    services: readonly ServiceRef[],
  ): Promise<Pick<Ownership, 'owners'>[]>;
  logger: Pick<LoggerService, 'warn'>;
  /** Entity references, in which `{owner}` stands for the owner of the entity. */
  approvers: readonly string[];
  /** Where neighbours are not to be named. */
  conceal?: Conceal;
  /** Milliseconds. */
  now?(): number;
}

/** People of an entity, and the entity on whose screen they see the canary. */
interface Recipients {
  entityRef: string;
  people: string[];
}

/** Notifies requester, owner and approvers, whoever else provably owns the Service, and tells open screens. */
export class PeopleAnnouncer implements CanaryAnnouncer {
  readonly #tools: AnnouncerTools;

  /** A portal without notifications is said so once, and not with every message. */
  #problem: string | undefined;

  /** When what was told of which canary. */
  readonly #told = new LRUCache<string, number>({ max: MOST_REMEMBERED });

  constructor(tools: AnnouncerTools) {
    this.#tools = tools;
  }

  changed({ id }: CanaryRecord): void {
    this.#tools.signal.changed(id);
  }

  async happened(
    record: CanaryRecord,
    transitions: readonly CanaryTransition[],
  ): Promise<void> {
    const told = transitions.flatMap(transition => {
      const news = canaryNews(record, transition);
      return news && !this.#isRepeated(record, transition, news)
        ? [{ transition, news }]
        : [];
    });
    if (told.length === 0) {
      return;
    }
    try {
      const owners = await this.#ownersOf(record.entityRef);
      const others = await this.#otherOwners(record, owners);
      const { conceal } = this.#tools;
      for (const { transition, news: words } of told) {
        const news = {
          ...words,
          ...(conceal && {
            title: await conceal(words.title, aboutOf(record)),
            description: await conceal(words.description, aboutOf(record)),
          }),
        };
        await this.#send(record, transition, news, owners);
        for (const other of others) {
          await this.#notify(record, transition, news, other);
        }
        this.#told.set(keyOf(record, transition), this.#now());
      }
      this.#problem = undefined;
    } catch (error) {
      const problem = String(error);
      if (problem !== this.#problem) {
        this.#problem = problem;
        this.#tools.logger.warn(
          `People could not be notified of canaries, which go on all the same: ${problem}`,
        );
      }
    }
  }

  async #send(
    record: CanaryRecord,
    transition: CanaryTransition,
    news: CanaryNews,
    owners: readonly string[],
  ): Promise<void> {
    const people: Record<Audience, string[]> = {
      requester: record.requestedBy.startsWith('user:')
        ? [record.requestedBy]
        : [],
      owner: [...owners],
      approvers: this.#tools.approvers.flatMap(approver =>
        approver.includes('{owner}')
          ? owners.map(owner => approver.replaceAll('{owner}', owner))
          : [approver],
      ),
    };
    await this.#notify(record, transition, news, {
      entityRef: record.entityRef,
      people: [...new Set(news.to.flatMap(audience => people[audience]))],
    });
  }

  /**
   * Whoever provably owns the Service decides on the canary, whoever asked for it: their people are told of everything,
   * with a link to their own entity's screen.
   */
  async #otherOwners(
    { service, entityRef }: CanaryRecord,
    told: readonly string[],
  ): Promise<Recipients[]> {
    const [{ owners }] = await this.#tools.ownershipsOf([service]);
    return Promise.all(
      owners
        .filter(owner => owner !== entityRef)
        .map(async owner => {
          // The configuration may give a namespace to a team, which has no screen of its own.
          const isTeam = /^(group|user):/.test(owner);
          const people = isTeam ? [owner] : await this.#ownersOf(owner);
          return {
            entityRef: isTeam ? entityRef : owner,
            people: people.filter(one => !told.includes(one)),
          };
        }),
    );
  }

  async #notify(
    record: CanaryRecord,
    { by }: CanaryTransition,
    { title, description, severity }: CanaryNews,
    { entityRef, people }: Recipients,
  ): Promise<void> {
    if (people.length === 0) {
      return;
    }
    await within(
      PATIENCE_MS,
      this.#tools.notifications.send({
        recipients: {
          type: 'entity',
          entityRef: people,
          // Nobody needs to be told what they did themselves.
          ...(by.startsWith('user:') && { excludeEntityRef: by }),
        },
        payload: {
          title,
          description,
          severity,
          topic: 'ai-mesh:canary',
          // The latest takes the place of what was said before: one line a canary.
          scope: `ai-mesh:canary:${record.id}`,
          link: entityPage(entityRef, 'canary', record.id),
        },
      }),
    );
  }

  #isRepeated(
    record: CanaryRecord,
    transition: CanaryTransition,
    { asks }: CanaryNews,
  ): boolean {
    const at = this.#told.get(keyOf(record, transition));
    return !asks && at !== undefined && this.#now() - at < QUIET_MS;
  }

  #now(): number {
    return this.#tools.now?.() ?? Date.now();
  }

  async #ownersOf(entityRef: string): Promise<string[]> {
    const { catalog, auth } = this.#tools;
    const entity = await catalog.getEntityByRef(entityRef, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    return (entity?.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef);
  }
}

function keyOf({ id }: CanaryRecord, { what }: CanaryTransition): string {
  return `${id} ${what}`;
}
