import {
  AI_MESH_EVENTS_TOPIC,
  entityPage,
  type AiMeshEvent,
  type CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { CanaryAnnouncer } from '../engine/EngineTools';
import type { CanaryRecord } from '../machine';
import { aboutService, type Conceal } from '../../target/ownership';
import { within } from '../../within';

/** A canary does not wait longer for others to take an event. */
const PATIENCE_MS = 10_000;
const WHY_IS_ELSEWHERE = 'Its page says why.';

/** Publishes every row of canaries' histories on Backstage's events service, for installed modules to forward. */
export class EventAnnouncer implements CanaryAnnouncer {
  readonly #events: Pick<EventsService, 'publish'>;
  readonly #logger: Pick<LoggerService, 'warn'>;
  readonly #conceal: Conceal | undefined;
  readonly #patienceMs: number;

  /** Said once, and not with every event. */
  #problem: string | undefined;

  constructor(options: {
    events: Pick<EventsService, 'publish'>;
    logger: Pick<LoggerService, 'warn'>;
    /** Where neighbours are not to be named. */
    conceal?: Conceal;
    /** How long an event may take to be taken, milliseconds. */
    patienceMs?: number;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
    this.#conceal = options.conceal;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  changed(): void {}

  async happened(
    record: CanaryRecord,
    transitions: readonly CanaryTransition[],
  ): Promise<void> {
    try {
      for (const transition of transitions) {
        await within(
          this.#patienceMs,
          this.#events.publish({
            topic: AI_MESH_EVENTS_TOPIC,
            eventPayload: {
              ...eventOf(record, transition),
              reason: await this.#reason(record, transition),
            },
          }),
        );
      }
      this.#problem = undefined;
    } catch (error) {
      const problem = String(error);
      if (problem !== this.#problem) {
        this.#problem = problem;
        this.#logger.warn(
          `Events of canaries could not be published, which go on all the same: ${problem}`,
        );
      }
    }
  }

  /** An event is not lost for its words. */
  async #reason(
    record: CanaryRecord,
    { reason }: CanaryTransition,
  ): Promise<string> {
    return this.#conceal
      ? this.#conceal(reason, aboutService(record)).catch(
          () => WHY_IS_ELSEWHERE,
        )
      : reason;
  }
}

function eventOf(
  { id, entityRef, service, group, versions }: CanaryRecord,
  { seq, at, from, to, what, by, reason }: CanaryTransition,
): AiMeshEvent {
  return {
    kind: 'canary',
    id: `canary:${id}:${seq}`,
    at,
    entityRef,
    page: entityPage(entityRef, 'canary', id),
    canaryId: id,
    ...(group && { groupId: group.id }),
    service,
    stable: versions.stable,
    canary: versions.canary,
    from,
    to,
    what,
    by,
    reason,
  };
}
