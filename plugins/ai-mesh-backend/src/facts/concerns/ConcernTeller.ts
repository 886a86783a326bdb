import { createHmac, randomBytes } from 'crypto';
import {
  AI_MESH_EVENTS_TOPIC,
  type AiMeshEvent,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { NoticeLanguageName } from '../../people';
import { within } from '../../within';
import type { Concern, SeenConcerns } from './Concern';
import { concernEvent, concernNotice } from './concernNews';
import type { ConcernStore, Telling } from './ConcernStore';

/** Nobody waits longer for others to take what is told. */
const PATIENCE_MS = 10_000;
/** Of one subject nothing is told again sooner. */
const QUIET_MS = 3_600_000;
/** Stands for the entity's first look: what its review has then is not new. */
const FIRST_LOOK = 'first-look';

export interface ConcernTellerOptions {
  events: Pick<EventsService, 'publish'>;
  notifications: Pick<NotificationService, 'send'>;
  /** What notifications are in, one after another. */
  languages: readonly NoticeLanguageName[];
  logger: Pick<LoggerService, 'warn'>;
  /** How long others may take for it, ms. */
  patienceMs?: number;
}

/** Tells of spent budgets, new findings and ending certificates, each once for as long as it stands. */
export class ConcernTeller {
  readonly #options: ConcernTellerOptions;
  /** Said once, and not with every message. */
  readonly #problems = new Map<Telling, string>();
  /** Nobody else can try which names a mark is of. */
  readonly #key = randomBytes(32);

  constructor(options: ConcernTellerOptions) {
    this.#options = options;
  }

  /** @throws where the database fails */
  async tell(
    store: ConcernStore,
    entity: Entity,
    seen: SeenConcerns,
    at: Date,
  ): Promise<void> {
    const entityRef = stringifyEntityRef(entity);
    // The root's certificate is the platform's matter: an event for the cluster, and no message to every owner.
    const isRoot = (concern: Concern) =>
      concern.kind === 'certificate-ending' && !concern.workload;
    const aboutOf = (concern: Concern) =>
      isRoot(concern) ? aboutCluster(concern.cluster) : entityRef;
    const standingOf = (about: string) =>
      seen.standing.filter(one => aboutOf(one) === about);
    await this.#takeOver(
      store,
      entityRef,
      { ...seen, standing: standingOf(entityRef) },
      at,
    );
    for (const about of seen.clusters.map(aboutCluster)) {
      await this.#takeOver(
        store,
        about,
        { ...seen, standing: standingOf(about), sawReview: false },
        at,
      );
    }
    for (const concern of seen.standing) {
      const about = aboutOf(concern);
      await this.#once(store, about, concern, 'event', at, async since =>
        this.#options.events.publish({
          topic: AI_MESH_EVENTS_TOPIC,
          eventPayload: concernEvent(
            entityRef,
            await this.#told(concern, seen),
            since,
          ) satisfies AiMeshEvent,
        }),
      );
      const owners = isRoot(concern) ? [] : ownersOf(entity);
      if (owners.length > 0) {
        await this.#once(store, about, concern, 'notice', at, async () =>
          this.#options.notifications.send({
            recipients: { type: 'entity', entityRef: owners },
            payload: concernNotice(
              entityRef,
              await this.#told(concern, seen),
              this.#options.languages,
            ),
          }),
        );
      }
    }
  }

  /** What is concealed alike is told apart all the same. */
  async #told(
    concern: Concern,
    { conceal }: Pick<SeenConcerns, 'conceal'>,
  ): Promise<Concern> {
    const told = conceal ? await conceal(concern) : concern;
    if (told.subject === concern.subject) {
      return told;
    }
    const mark = createHmac('sha256', this.#key)
      .update(concern.subject)
      .digest('hex')
      .slice(0, 12);
    return { ...told, subject: `${told.subject} ${mark}` };
  }

  async #takeOver(
    store: ConcernStore,
    entityRef: string,
    { standing, isUnsure, sawReview }: SeenConcerns,
    now: Date,
  ): Promise<void> {
    const at = now.toISOString();
    const stored = await store.of(entityRef);
    const present = new Set(standing.map(({ subject }) => subject));
    const subjectsOf = (isFinding: boolean) =>
      standing
        .filter(({ kind }) => (kind === 'high-finding') === isFinding)
        .map(({ subject }) => subject);
    const isKnown = stored.some(({ subject }) => subject === FIRST_LOOK);
    if (isKnown || sawReview) {
      await store.stand(entityRef, subjectsOf(true), at, !isKnown);
    }
    if (!isKnown && sawReview) {
      await store.stand(entityRef, [FIRST_LOOK], at);
    }
    await store.stand(entityRef, subjectsOf(false), at);
    await store.gone(
      entityRef,
      stored
        .filter(
          ({ subject, goneAt }) =>
            goneAt === undefined &&
            subject !== FIRST_LOOK &&
            !present.has(subject) &&
            !isUnsure(subject),
        )
        .map(({ subject }) => subject),
      at,
    );
  }

  /** A portal without notifications, or a subscriber that fails, stops nothing else. */
  async #once(
    store: ConcernStore,
    about: string,
    { subject }: Concern,
    telling: Telling,
    at: Date,
    tell: (since: string) => Promise<void>,
  ): Promise<void> {
    const since = await store.claim(about, subject, telling, {
      at: at.toISOString(),
      quietSince: new Date(at.getTime() - QUIET_MS).toISOString(),
      quietUntil: new Date(at.getTime() + QUIET_MS).toISOString(),
    });
    if (since === undefined) {
      return;
    }
    try {
      await within(this.#options.patienceMs ?? PATIENCE_MS, tell(since));
    } catch (error) {
      await store.release(about, subject, telling);
      const problem = String(error);
      if (this.#problems.get(telling) !== problem) {
        this.#problems.set(telling, problem);
        this.#options.logger.warn(
          `${telling === 'event' ? 'Events' : 'Notifications'} of what stands in the mesh could not be sent; the next turn tries again: ${problem}`,
        );
      }
      return;
    }
    this.#problems.delete(telling);
    await store.told(about, subject, telling, since);
  }
}

function aboutCluster(cluster: string): string {
  return `cluster:${cluster}`;
}

function ownersOf({ relations = [] }: Entity): string[] {
  return relations
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
}
