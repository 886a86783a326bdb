import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { onBehalfOf } from '../../target/asker';
import { takeOver } from '../core/takeOver';
import type { SeenConcerns } from '../concerns/Concern';
import type { FactsStore } from '../store/FactsStore';
import type { FactTurn } from '../store/StoredFacts';
import type { FactTimings } from '../FactTimings';
import type { ChangedPlaces } from './ChangedPlaces';
import type { GatheredFacts } from './gatherFacts';
import { nextTurn, pickTurns, shareOf } from './pickTurns';

/** Entities that are computed at once, so that their questions go together: each cluster's Prometheus has one at a time. */
const AT_ONCE = 200;

export interface FactsRefreshOptions {
  store: FactsStore;
  timings: FactTimings;
  /** All entities of the catalog that are in a mesh. */
  entities(): Promise<readonly Entity[]>;
  gather(entity: Entity, now: Date): Promise<GatheredFacts>;
  /** Tells the entity's owners of what stands; nothing where there was nothing to see it by. */
  tell(entity: Entity, seen: SeenConcerns | undefined, at: Date): Promise<void>;
  changed: Pick<ChangedPlaces, 'since'>;
  now(): Date;
  logger: LoggerService;
}

/** Keeps the facts of all entities up to date, a few at a time. */
export class FactsRefresh {
  readonly #options: FactsRefreshOptions;
  /** Of those whose last try failed, as what and when that was: of an edit before it they wait for their next turn. */
  readonly #failed = new Map<string, { etag?: string; at: string }>();

  constructor(options: FactsRefreshOptions) {
    this.#options = options;
  }

  /**
   * One tick: what is new in the catalog gets a turn, what has gone loses it, and whose turn it is is computed.
   *
   * @returns how many entities were computed
   */
  async tick(signal?: AbortSignal): Promise<number> {
    const { store, timings, changed, now } = this.#options;
    const entities = new Map(
      (await this.#options.entities()).map(entity => [
        stringifyEntityRef(entity),
        entity,
      ]),
    );
    await this.#compareWithCatalog(entities, now().toISOString());
    for (const entityRef of this.#failed.keys()) {
      if (!entities.has(entityRef)) {
        this.#failed.delete(entityRef);
      }
    }
    const due = pickTurns(await store.turns(), {
      now: now(),
      periodMs: timings.periodMs,
      most: shareOf(entities.size, timings),
      isChanged: ({ entityRef, observedAt, places, etag }) => {
        const last = this.#failed.get(entityRef) ?? { etag, at: observedAt! };
        return (
          entities.get(entityRef)?.metadata.etag !== last.etag ||
          changed.since(places, last.at)
        );
      },
    });
    const waiting = placeByPlace(due);
    let count = 0;
    const work = async () => {
      for (
        let turn = waiting.shift();
        turn && !signal?.aborted;
        turn = waiting.shift()
      ) {
        const entity = entities.get(turn.entityRef);
        if (entity && (await this.#attend(entity, turn))) {
          count++;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return count;
  }

  async #compareWithCatalog(
    entities: ReadonlyMap<string, Entity>,
    at: string,
  ): Promise<void> {
    const { store } = this.#options;
    const turns = new Map(
      (await store.turns()).map(turn => [turn.entityRef, turn]),
    );
    await store.enrol(
      [...entities.keys()].filter(ref => {
        const turn = turns.get(ref);
        return !turn || turn.goneAt !== undefined;
      }),
      at,
    );
    await store.gone(
      [...turns.values()]
        .filter(
          ({ entityRef, goneAt }) =>
            !entities.has(entityRef) && goneAt === undefined,
        )
        .map(({ entityRef }) => entityRef),
      at,
    );
  }

  /** One that fails keeps its facts, which grow old, and waits for its next turn. */
  async #attend(entity: Entity, turn: FactTurn): Promise<boolean> {
    const { store, timings, gather, tell, now, logger } = this.#options;
    const { entityRef } = turn;
    // What changes while it is computed is after it.
    const at = now();
    try {
      const { computed, models, findingCodes, concerns, places } =
        await onBehalfOf('facts', () => gather(entity, at));
      const before = await store.get(entityRef);
      const { stored, changes, day, changed } = takeOver(
        entityRef,
        before,
        computed,
        at.toISOString(),
        timings.outdatedAfterMs,
      );
      await store.save({
        stored,
        models,
        ...(findingCodes && { findingCodes }),
        changes,
        unchanged: !changed,
        // What stands there already need not be written again.
        ...((changed || !isSameDay(before?.observedAt, stored.observedAt)) && {
          day,
        }),
        turn: {
          dueAt: nextTurn(
            placeOf({ entityRef, places }),
            at,
            timings.periodMs,
          ).toISOString(),
          places,
          etag: entity.metadata.etag,
        },
      });
      this.#failed.delete(entityRef);
      await tell(entity, concerns, at).catch(error =>
        logger.warn(
          `What stands of ${entityRef} could not be told; its next turn tries again: ${error}`,
        ),
      );
      return true;
    } catch (error) {
      logger.warn(`The facts of ${entityRef} could not be computed: ${error}`);
      const { etag } = entity.metadata;
      this.#failed.set(entityRef, { etag, at: at.toISOString() });
      await store.postpone(
        entityRef,
        nextTurn(placeOf(turn), at, timings.periodMs).toISOString(),
      );
      return false;
    }
  }
}

/**
 * Names of one namespace go together: a question about some names in several namespaces finds their namesakes too, which
 * nobody asked about.
 */
function placeByPlace(turns: readonly FactTurn[]): FactTurn[] {
  return [...turns].sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

/** The namespace of what an entity's facts are about; of one of which that is not known, the entity itself. */
function placeOf({
  places,
  entityRef,
}: Pick<FactTurn, 'places' | 'entityRef'>): string {
  return places[0] ?? entityRef;
}

function isSameDay(before: string | undefined, at: string): boolean {
  return before?.slice(0, 10) === at.slice(0, 10);
}
