import {
  FACTS_VERSION,
  factNames,
  wording,
  type CheckCounts,
  type EntityFacts,
  type Facts,
  type Scorecard,
  type ScorecardLevel,
} from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { ScorecardRules } from '../checks/CheckRule';
import { scorecard, standing } from '../checks/scorecard';
import { asOf } from '../core/takeOver';
import type { FactTimings } from '../FactTimings';
import { noFact } from '../core/ComputedFact';
import type { FactsSizes, FactsStore } from '../store/FactsStore';
import type { StoredModels } from '../store/StoredFacts';
import { factHistory } from './factHistory';

const DAY_MS = 86_400_000;
const HISTORY_DAYS = { '7d': 7, '90d': 90, '400d': 400 } as const;

/** How fresh what is stored is. */
export interface FactsNumbers extends Omit<FactsSizes, 'oldest'> {
  /** Absent: none were computed yet. */
  oldestSeconds?: number;
}

/** Stored facts, for whoever may see the entities: that is decided before. */
export class FactsService {
  readonly #store: FactsStore;
  readonly #timings: FactTimings;
  readonly #rules: ScorecardRules;
  readonly #now: () => Date;

  constructor(options: {
    store: FactsStore;
    timings: FactTimings;
    rules: ScorecardRules;
    now(): Date;
  }) {
    this.#store = options.store;
    this.#timings = options.timings;
    this.#rules = options.rules;
    this.#now = options.now;
  }

  /** One entity's facts, and what they were. */
  async facts(
    entityRef: string,
    {
      names,
      history,
    }: {
      names?: readonly string[];
      history: keyof typeof HISTORY_DAYS | 'none';
    },
  ): Promise<Facts> {
    const [facts] = await this.ofEach([entityRef], names);
    return history === 'none'
      ? facts
      : { ...facts, history: await this.#history(entityRef, history, names) };
  }

  /** Of each of these, in their order. One that has not had its turn has facts that say so. */
  async ofEach(
    entityRefs: readonly string[],
    names?: readonly string[],
  ): Promise<EntityFacts[]> {
    const now = this.#now();
    const stored = new Map(
      (await this.#store.getMany(entityRefs)).map(one => [
        one.entityRef,
        asOf(one, now, this.#timings.outdatedAfterMs),
      ]),
    );
    return entityRefs.map(entityRef => {
      const found = stored.get(entityRef) ?? notComputed(entityRef);
      return {
        ...found,
        facts: names ? only(found.facts, names) : found.facts,
      };
    });
  }

  /** What is known of the models and findings of every entity, or of these; what was seen too long ago is not known any more. */
  async models(entityRefs?: readonly string[]): Promise<StoredModels[]> {
    const outdated = this.#now().getTime() - this.#timings.outdatedAfterMs;
    return (await this.#store.models(entityRefs)).map(one =>
      Date.parse(one.observedAt) < outdated
        ? {
            entityRef: one.entityRef,
            observedAt: one.observedAt,
            models: noFact(
              'outdated',
              wording('facts.lookedLast', { at: one.observedAt }),
            ),
          }
        : one,
    );
  }

  /** How many entities have facts of what age, and how old the oldest are. */
  async numbers(): Promise<FactsNumbers> {
    const now = this.#now().getTime();
    const { oldest, ...counts } = await this.#store.sizes(
      new Date(now - this.#timings.outdatedAfterMs).toISOString(),
    );
    return {
      ...counts,
      ...(oldest !== undefined && {
        // A clock that was set back makes nothing younger than new.
        oldestSeconds: Math.max(0, (now - Date.parse(oldest)) / 1000),
      }),
    };
  }

  /**
   * A text for every entity that has facts: while it is the same, so is all that is told of them at one moment, and what
   * their scorecards make of it. A few bytes each, where facts themselves are thousands.
   */
  async revisions(): Promise<ReadonlyMap<string, string>> {
    const now = this.#now();
    const outdated = now.getTime() - this.#timings.outdatedAfterMs;
    // Exemptions end with a day.
    const today = now.toISOString().slice(0, 10);
    return new Map(
      (await this.#store.observed()).map(
        ({ entityRef, observedAt = '', goneAt = '' }) => [
          entityRef,
          [
            observedAt,
            goneAt,
            Date.parse(observedAt) < outdated ? 'outdated' : '',
            today,
          ].join(' '),
        ],
      ),
    );
  }

  /** References of entities that have facts, after one, in their order. */
  refs(page: { after?: string; limit: number }): Promise<string[]> {
    return this.#store.refs(page);
  }

  async scorecard(entity: Entity): Promise<Scorecard> {
    const entityRef = stringifyEntityRef(entity);
    const now = this.#now();
    const from = (days: number) =>
      new Date(now.getTime() - days * DAY_MS).toISOString();
    const [[facts], changes, days] = await Promise.all([
      this.ofEach([entityRef]),
      this.#store.changes(entityRef, from(HISTORY_DAYS['7d'])),
      this.#store.days(entityRef, from(HISTORY_DAYS['400d'])),
    ]);
    return scorecard(
      this.#rules,
      entity,
      facts,
      factHistory(changes, days),
      now,
    );
  }

  /**
   * The level and the counts of checks, for lists.
   *
   * @param entity - with its kind, tags, annotations, and type and lifecycle of its spec
   */
  standing(
    entity: Entity,
    facts: EntityFacts,
  ): { level: ScorecardLevel; counts: CheckCounts } {
    return standing(this.#rules, entity, facts, this.#now());
  }

  async #history(
    entityRef: string,
    window: keyof typeof HISTORY_DAYS,
    names?: readonly string[],
  ): Promise<NonNullable<Facts['history']>> {
    const from = new Date(
      this.#now().getTime() - HISTORY_DAYS[window] * DAY_MS,
    ).toISOString();
    if (window === '7d') {
      const points = await this.#store.changes(entityRef, from);
      return {
        resolution: 'changes',
        points: points
          .map(({ at, values }) => ({
            at,
            values: names ? only(values, names) : values,
          }))
          .filter(({ values }) => Object.keys(values).length > 0),
      };
    }
    const days = await this.#store.days(entityRef, from);
    return {
      resolution: 'days',
      points: days.map(({ day, values }) => ({
        at: `${day}T00:00:00.000Z`,
        values: names ? only(values, names) : values,
      })),
    };
  }
}

function only<T>(
  all: Readonly<Record<string, T>>,
  names: readonly string[],
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => names.includes(name)),
  );
}

function notComputed(entityRef: string): EntityFacts {
  return {
    entityRef,
    version: FACTS_VERSION,
    facts: Object.fromEntries(
      factNames.map(name => [
        name,
        noFact('not-computed', wording('facts.noTurnYet')),
      ]),
    ),
  };
}
