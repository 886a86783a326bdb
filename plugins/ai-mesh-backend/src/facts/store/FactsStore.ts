import type { FactPoint, FindingCode } from '@ai-mesh/plugin-ai-mesh-common';
import type { EntityModels } from '../core/entityModels';
import type {
  FactTurn,
  FactValues,
  StoredFacts,
  StoredModels,
} from './StoredFacts';

/** What one computing writes. */
export interface FactsSave {
  stored: StoredFacts;
  models: EntityModels;
  /** Absent: there was nothing to see them by. */
  findingCodes?: readonly FindingCode[];
  /** Oldest first. */
  changes: readonly FactPoint[];
  /** Absent: it stands there already. */
  day?: FactValues;
  /** Only the time is new. */
  unchanged: boolean;
  turn: Pick<FactTurn, 'dueAt' | 'places' | 'etag'>;
}

/** Of entities that the catalog has. */
export interface FactsSizes {
  fresh: number;
  /** Computed too long ago to be known any more. */
  outdated: number;
  /** Never computed. */
  none: number;
  /** When the oldest were computed; absent: none were. */
  oldest?: string;
}

/** Keeps facts, and what they were. */
export interface FactsStore {
  get(entityRef: string): Promise<StoredFacts | undefined>;
  /** In no order; those that have none are left out. */
  getMany(entityRefs: readonly string[]): Promise<StoredFacts[]>;
  /** What is known of the models and findings of every entity that the catalog has, or of these of them. */
  models(entityRefs?: readonly string[]): Promise<StoredModels[]>;
  /** When the facts of every entity that has some were computed: as long as that is the same, so are they. */
  observed(): Promise<Pick<FactTurn, 'entityRef' | 'observedAt' | 'goneAt'>[]>;
  /** References of entities that have facts, after one, in their order. */
  refs(page: { after?: string; limit: number }): Promise<string[]>;
  /** How many entities of the catalog have facts of what age. */
  sizes(outdatedBefore: string): Promise<FactsSizes>;
  /** Every entity's turn. */
  turns(): Promise<FactTurn[]>;
  /** Gives entities a turn that have none, and takes those back into the catalog that had gone. */
  enrol(entityRefs: readonly string[], dueAt: string): Promise<void>;
  /** Marks entities that the catalog does not have any more. */
  gone(entityRefs: readonly string[], at: string): Promise<void>;
  /** Gives an entity another turn, and leaves its facts as they are. */
  postpone(entityRef: string, dueAt: string): Promise<void>;
  save(save: FactsSave): Promise<void>;
  /** Oldest first, from a time on. */
  changes(entityRef: string, from: string): Promise<FactPoint[]>;
  /** Oldest first, from a day on; each at its end as far as it has come. */
  days(
    entityRef: string,
    from: string,
  ): Promise<{ day: string; values: FactValues }[]>;
  /**
   * Removes what is older than is kept, and entities that have been gone for long.
   *
   * @returns how many entities went
   */
  prune(before: {
    changes: string;
    days: string;
    gone: string;
  }): Promise<number>;
}
