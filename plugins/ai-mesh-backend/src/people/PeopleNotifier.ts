import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Words } from '@ai-mesh/plugin-ai-mesh-common';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { LRUCache } from 'lru-cache';
import { within } from '../within';
import { inEach, sentences, type NoticeLanguageName } from './noticeLanguages';

/** Nothing waits longer for the catalog to name people, or for messages to them to be taken. */
const PATIENCE_MS = 10_000;

/** The same thing of the same subject is not told again sooner, unless it asks people for something. */
const QUIET_MS = 3_600_000;
const MOST_REMEMBERED = 10_000;

export interface PeopleNotifierOptions {
  notifications: NotificationService;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  logger: Pick<LoggerService, 'warn'>;
  /** Entity references, in which `{owner}` stands for the owner of the entity. */
  approvers: readonly string[];
  /** What messages are in, one after another. */
  languages: readonly NoticeLanguageName[];
  /** What people hear of, for the log: `canaries, which go on all the same`. */
  about: string;
  /** Milliseconds. */
  now?(): number;
}

/** A message in the words of the catalogue. */
export type Notice = Omit<NotificationPayload, 'title' | 'description'> & {
  title: Words;
  description: Words[];
};

/** Who a message is for. */
export type Audience = 'requester' | 'owner' | 'approvers';

/** Sends the people of an entity what they ought to hear of. Nothing fails or waits long for it. */
export class PeopleNotifier {
  readonly #options: PeopleNotifierOptions;

  /** A portal without notifications is said so once, and not with every message. */
  #problem: string | undefined;

  /** When what was told of what. */
  readonly #told = new LRUCache<string, number>({ max: MOST_REMEMBERED });

  constructor(options: PeopleNotifierOptions) {
    this.#options = options;
  }

  /** Whether it was told within the last hour. */
  isQuiet(key: string): boolean {
    const at = this.#told.get(key);
    return at !== undefined && this.#now() - at < QUIET_MS;
  }

  told(key: string): void {
    this.#told.set(key, this.#now());
  }

  /** Tells something. Never rejects: what cannot be told is said in the log. */
  async attempt(tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
      this.#problem = undefined;
    } catch (error) {
      const problem = String(error);
      if (problem !== this.#problem) {
        this.#problem = problem;
        this.#options.logger.warn(
          `People could not be notified of ${this.#options.about}: ${problem}`,
        );
      }
    }
  }

  /**
   * Sends a message to people, each once.
   *
   * @param by - who did what it tells of, and need not be told
   * @throws where the portal's notifications fail, or do not answer
   */
  async send(
    people: readonly string[],
    by: string,
    { title, description, ...notice }: Notice,
  ): Promise<void> {
    if (people.length === 0) {
      return;
    }
    const { languages } = this.#options;
    await within(
      PATIENCE_MS,
      this.#options.notifications.send({
        recipients: {
          type: 'entity',
          entityRef: [...new Set(people)],
          ...(by.startsWith('user:') && { excludeEntityRef: by }),
        },
        payload: {
          ...notice,
          title: inEach(languages, sentences([title])),
          description: inEach(languages, sentences(description)),
        },
      }),
    );
  }

  /** Who is meant, for an entity with these owners. */
  people(
    audience: readonly Audience[],
    owners: readonly string[],
    requestedBy: string,
  ): string[] {
    const of: Record<Audience, string[]> = {
      requester: requestedBy.startsWith('user:') ? [requestedBy] : [],
      owner: [...owners],
      approvers: this.#options.approvers.flatMap(approver =>
        approver.includes('{owner}')
          ? owners.map(owner => approver.replaceAll('{owner}', owner))
          : [approver],
      ),
    };
    return audience.flatMap(one => of[one]);
  }

  /** @throws where the catalog fails, or does not answer */
  async ownersOf(entityRef: string): Promise<string[]> {
    const { catalog, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await within(
      PATIENCE_MS,
      catalog.getEntityByRef(entityRef, { credentials }),
    );
    return (entity?.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef);
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }
}
