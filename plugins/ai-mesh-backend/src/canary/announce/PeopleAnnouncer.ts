import {
  entityPage,
  type CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { CanaryAnnouncer } from '../engine/EngineTools';
import type { CanaryRecord } from '../machine';
import { canaryNews, type Audience, type CanaryNews } from './canaryNews';
import type { CanarySignal } from './CanarySignal';

/** A canary does not wait longer for its messages to be taken. */
const PATIENCE_MS = 10_000;

export interface AnnouncerTools {
  notifications: NotificationService;
  signal: Pick<CanarySignal, 'changed'>;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  logger: Pick<LoggerService, 'warn'>;
  /** Entity references, in which `{owner}` stands for the owner of the entity. */
  approvers: readonly string[];
}

/** Notifies requester, owner and approvers, and tells open screens. */
export class PeopleAnnouncer implements CanaryAnnouncer {
  readonly #tools: AnnouncerTools;

  /** A portal without notifications is said so once, and not with every message. */
  #problem: string | undefined;

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
      return news ? [{ transition, news }] : [];
    });
    if (told.length === 0) {
      return;
    }
    try {
      const owners = await this.#ownersOf(record.entityRef);
      for (const { transition, news } of told) {
        await this.#send(record, transition, news, owners);
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
    { by, seq }: CanaryTransition,
    { to, title, description, severity }: CanaryNews,
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
    const entityRef = [...new Set(to.flatMap(audience => people[audience]))];
    if (entityRef.length === 0) {
      return;
    }
    await within(
      PATIENCE_MS,
      this.#tools.notifications.send({
        recipients: {
          type: 'entity',
          entityRef,
          // Nobody needs to be told what they did themselves.
          ...(by.startsWith('user:') && { excludeEntityRef: by }),
        },
        payload: {
          title,
          description,
          severity,
          topic: 'ai-mesh:canary',
          // Told twice after a crash, it is still one notification.
          scope: `ai-mesh:canary:${record.id}:${seq}`,
          link: entityPage(record.entityRef, 'canary', record.id),
        },
      }),
    );
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

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${ms / 1000} s`)),
      ms,
    ).unref();
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
