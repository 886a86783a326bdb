import type {
  CanaryCheck,
  CanaryState,
  CanaryTransition,
  ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryRecord, Intent } from '../machine';

/** A canary as it was read, with what a save has to agree with. */
export interface StoredCanary {
  record: CanaryRecord;
  /** Counts every save. */
  revision: number;
  /** The last transition that people were told of. */
  notifiedVersion: number;
}

/** What canaries are about: who asked, for which Service. */
export interface CanarySubject {
  entityRef: string;
  service: ServiceRef;
}

export interface CanaryFilter {
  /** Only about these. */
  subjects: readonly CanarySubject[];
  /** Only those that hold their route. */
  active?: boolean;
  /** Only those that go on, or ended no sooner: ISO 8601. */
  since?: string;
  /** At most so many. */
  limit: number;
  /** Only those that follow this one. */
  after?: CanaryPosition;
}

/** A canary's place in a list. */
export interface CanaryPosition {
  active: boolean;
  /** ISO 8601 */
  requestedAt: string;
  id: string;
}

/** How the canaries about one subject stand. */
export interface SubjectMark extends CanarySubject {
  /** Another text as soon as one of them is requested, saved or removed, by whichever replica. */
  mark: string;
}

export interface SubjectFilter {
  /** Only of these entities, or about one of these Services. */
  of?: { entityRefs: readonly string[]; services: readonly ServiceRef[] };
  active?: boolean;
}

/** What a save changes. */
export interface CanarySave {
  record: CanaryRecord;
  transitions?: readonly CanaryTransition[];
  /** The write that is about to be made; null: it is over. */
  intent?: Intent | null;
  notifiedVersion?: number;
}

export interface NewCanary {
  record: CanaryRecord;
  transitions: readonly CanaryTransition[];
}

/** A change of one canary. */
export interface CanaryChange {
  stored: StoredCanary;
  save: CanarySave;
}

/**
 * Keeps canaries. Every save names the revision that it was decided on; has somebody else saved since, it changes
 * nothing and throws {@link StaleCanary}. One that brings a canary to its end, or back, makes the engine look at the
 * others of its request; has something else begun to use its route, it throws {@link RouteBusy}.
 */
export interface CanaryStore {
  /**
   * @returns the canary, and false where the same request had been made before
   * @throws RouteBusy where another canary holds the route
   * @throws IdempotencyKeyReused where the key belongs to another request
   */
  create(
    record: CanaryRecord,
    transitions: readonly CanaryTransition[],
    idempotency?: { key: string; requestHash: string },
  ): Promise<{ stored: StoredCanary; created: boolean }>;
  /**
   * Keeps the canaries of one request, all or none.
   *
   * @returns the first of them; otherwise as {@link create}
   */
  createGroup(
    members: readonly NewCanary[],
    idempotency?: { key: string; requestHash: string },
  ): Promise<{ stored: StoredCanary; created: boolean }>;
  /**
   * The canary that the very same request made before.
   *
   * @throws IdempotencyKeyReused where the key belongs to another request
   */
  requestedBefore(
    requestedBy: string,
    idempotency: { key: string; requestHash: string },
  ): Promise<StoredCanary | undefined>;
  get(id: string): Promise<StoredCanary | undefined>;
  /** The canaries of one request, in no order. */
  ofGroup(groupId: string): Promise<StoredCanary[]>;
  /** Active ones first, then the latest first. */
  list(filter: CanaryFilter): Promise<StoredCanary[]>;
  /** What there are canaries about, each once. */
  subjects(filter: SubjectFilter): Promise<CanarySubject[]>;
  /** The same, with how they stand: one question, however many canaries there are. */
  marks(filter: SubjectFilter): Promise<SubjectMark[]>;
  /** The canary that holds the route, if one does. */
  holderOf(routeKey: string): Promise<string | undefined>;
  /** Oldest first. */
  transitions(id: string, after?: number): Promise<CanaryTransition[]>;
  /** The latest before one, at most so many; oldest first. */
  latestTransitions(
    id: string,
    page: { before?: number; limit: number },
  ): Promise<CanaryTransition[]>;
  /**
   * Saves what a person decided, and lets any replica go on with it at once; while a write is under way, its replica
   * alone.
   */
  saveForPerson(stored: StoredCanary, save: CanarySave): Promise<StoredCanary>;
  /** The same for several at once, all or none. */
  saveAllForPerson(changes: readonly CanaryChange[]): Promise<StoredCanary[]>;
  /** Saves what the engine did; only while the replica holds the lease, which it renews. */
  saveForEngine(
    stored: StoredCanary,
    save: CanarySave,
    lease: Lease,
  ): Promise<StoredCanary>;
  /** Takes up to `limit` canaries that nobody works on. */
  claim(lease: Lease, limit: number): Promise<string[]>;
  /** Keeps the leases that the replica has; those that it has lost are not among the answer. */
  renew(lease: Lease): Promise<string[]>;
  /** Gives leases back; without ids, all. */
  release(owner: string, ids?: readonly string[]): Promise<void>;
  /**
   * Removes canaries that ended before a time, and of the others that have ended the oldest beyond so many, each with
   * its history; none that has still something to be done for.
   *
   * @returns how many
   */
  forget(limits: { endedBefore: string; most: number }): Promise<number>;
  /** Fills in what rows lack that a replica of an older release wrote meanwhile. */
  completeRows(): Promise<void>;
  /** How much is kept. */
  sizes(): Promise<CanarySizes>;
}

export interface CanaryCount {
  state: CanaryState;
  /** What the last check of an active one came to; absent: it was not checked yet, or has ended. */
  verdict?: CanaryCheck['verdict']['outcome'];
  count: number;
}

export interface CanarySizes {
  active: number;
  ended: number;
  transitions: number;
  /** How many are in each state; one that none is in is not there. */
  byState: CanaryCount[];
}

export interface Lease {
  /** Unique to one run of one replica. */
  owner: string;
  durationMs: number;
}

/** Somebody else has saved the canary since it was read, or works on it now. */
export class StaleCanary extends Error {
  constructor(id: string) {
    super(`Canary ${id} has been changed since it was read`);
    this.name = 'StaleCanary';
  }
}

/** Another canary holds the route. */
export class RouteBusy extends Error {
  readonly holder: string;

  constructor(holder: string) {
    super(`Canary ${holder} is active on this route`);
    this.name = 'RouteBusy';
    this.holder = holder;
  }
}

/** An idempotency key that was used for a different request. */
export class IdempotencyKeyReused extends Error {
  constructor() {
    super('This idempotency key was used for a different request');
    this.name = 'IdempotencyKeyReused';
  }
}
