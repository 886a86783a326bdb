import {
  known,
  wording,
  type EntityFacts,
  type Fact,
  type FactName,
  type FindingCode,
  type FleetFacts,
  type Measured,
  type ScorecardLevel,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';

const FRESH_MS = 15_000;
const MOST_ENTITIES = 20_000;
/** As many are judged before other requests have their turn. */
const AT_A_TIME = 200;

const columns = {
  budgetLeft: 'sloBudgetLeftMin',
  burnRate: 'sloBurnRateMax',
  findingsHigh: 'reviewFindingsHigh',
  findingsMedium: 'reviewFindingsMedium',
  costPerDay: 'costPerDayEstimate',
  models: 'modelsInUse',
  certificateDaysLeft: 'certificateDaysLeftMin',
  certificateRenewal: 'certificateRenewalSeen',
} as const satisfies Record<Exclude<keyof FleetFacts, 'observedAt'>, FactName>;

/** What is stored of an entity, and what its scorecard makes of it. */
export interface FleetStanding {
  facts: FleetFacts;
  /** Of the models that it calls; absent where that is not known. */
  modelNames?: readonly string[];
  /** Of what its review finds; absent where that is not known. */
  findingCodes?: readonly FindingCode[];
  level: Measured<ScorecardLevel>;
}

export interface StoredStandings {
  /** A text for every entity that has facts: while it is the same, so is what the others here answer. */
  revisions(): Promise<ReadonlyMap<string, string>>;
  ofEach(entityRefs: readonly string[]): Promise<readonly EntityFacts[]>;
  models(entityRefs: readonly string[]): Promise<
    readonly {
      entityRef: string;
      models:
        | { status: 'known'; models: readonly { model: string }[] }
        | { status: 'unknown' };
      findingCodes?: readonly FindingCode[];
    }[]
  >;
  standing(entity: Entity, facts: EntityFacts): { level: ScorecardLevel };
}

interface Kept {
  standing: FleetStanding;
  /** Of the stored facts; absent: there were none. */
  revision?: string;
  /** Of the entity, which says what its scorecard asks for. */
  etag: string;
}

/**
 * How entities stand by their stored facts: nothing is asked of a mesh, and what one reader's table needed serves the
 * others'. What has not changed is read and judged once, and what has is found out each 15 s.
 */
export class FleetStandings {
  readonly #stored: () => StoredStandings;
  readonly #now: () => number;
  readonly #kept = new LRUCache<string, Kept>({ max: MOST_ENTITIES });
  #revisions?: { at: number; read: Promise<ReadonlyMap<string, string>> };

  /** @param stored - throws ServiceUnavailableError while there is no database */
  constructor(stored: () => StoredStandings, now: () => number = Date.now) {
    this.#stored = stored;
    this.#now = now;
  }

  /** By reference. While the portal's database is away, each says so. */
  async of(
    entities: readonly Entity[],
  ): Promise<ReadonlyMap<string, FleetStanding>> {
    const found = new Map<string, FleetStanding>();
    let wanted = entities;
    try {
      const revisions = await this.#revisionsNow();
      wanted = entities.filter(entity => {
        const ref = stringifyEntityRef(entity);
        const kept = this.#kept.get(ref);
        const isSame =
          kept?.etag === entity.metadata.etag &&
          kept?.revision === revisions.get(ref);
        if (kept && isSame) {
          found.set(ref, kept.standing);
        }
        return !kept || !isSame;
      });
      for (let from = 0; from < wanted.length; from += AT_A_TIME) {
        const some = wanted.slice(from, from + AT_A_TIME);
        const stored = this.#stored();
        const refs = some.map(stringifyEntityRef);
        const [facts, models] = await Promise.all([
          stored.ofEach(refs),
          stored.models(refs),
        ]);
        const names = new Map(
          models.flatMap(one =>
            one.models.status === 'known'
              ? [[one.entityRef, namesOf(one.models.models)]]
              : [],
          ),
        );
        const codes = new Map(
          models.map(one => [one.entityRef, one.findingCodes]),
        );
        some.forEach((entity, index) => {
          const codesOfOne = codes.get(refs[index]);
          const modelNames = names.get(refs[index]);
          const standing = {
            facts: read(facts[index]),
            ...(modelNames && { modelNames }),
            ...(codesOfOne && { findingCodes: codesOfOne }),
            level: known(stored.standing(entity, facts[index]).level),
          };
          const ref = refs[index];
          const { etag } = entity.metadata;
          if (etag !== undefined) {
            const revision = revisions.get(ref);
            this.#kept.set(ref, { standing, etag, revision });
          }
          found.set(ref, standing);
        });
      }
    } catch (error) {
      if (!isError(error) || error.name !== 'ServiceUnavailableError') {
        throw error;
      }
      const standing = nobodyKnows({
        message: error.message,
        words: [wording('facts.databaseAway')],
      });
      for (const entity of wanted) {
        found.set(stringifyEntityRef(entity), standing);
      }
    }
    return found;
  }

  #revisionsNow(): Promise<ReadonlyMap<string, string>> {
    const now = this.#now();
    const last = this.#revisions;
    // A clock that was set back makes nothing younger.
    if (last && now >= last.at && now - last.at <= FRESH_MS) {
      return last.read;
    }
    const revisions = this.#stored().revisions();
    this.#revisions = { at: now, read: revisions };
    revisions.catch(() => {
      this.#revisions = undefined;
    });
    return revisions;
  }
}

function read({ observedAt, facts }: EntityFacts): FleetFacts {
  const fact = (name: FactName): Fact =>
    facts[name] ?? { status: 'unknown', reason: 'not-computed' };
  return {
    ...(observedAt !== undefined && { observedAt }),
    ...each(fact),
  };
}

/** On two clusters a model is the same. */
function namesOf(models: readonly { model: string }[]): string[] {
  return [...new Set(models.map(({ model }) => model))].sort();
}

function nobodyKnows(why: Sentences): FleetStanding {
  return {
    facts: each(() => ({
      status: 'unknown',
      reason: 'source-unreachable',
      ...why,
    })),
    level: {
      status: 'unknown',
      reason: 'source-unreachable',
      ...why,
    },
  };
}

function each(fact: (name: FactName) => Fact): Omit<FleetFacts, 'observedAt'> {
  return {
    budgetLeft: fact(columns.budgetLeft),
    burnRate: fact(columns.burnRate),
    findingsHigh: fact(columns.findingsHigh),
    findingsMedium: fact(columns.findingsMedium),
    costPerDay: fact(columns.costPerDay),
    models: fact(columns.models),
    certificateDaysLeft: fact(columns.certificateDaysLeft),
    certificateRenewal: fact(columns.certificateRenewal),
  };
}
