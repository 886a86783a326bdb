import type {
  Canary,
  CanaryAction,
  CanaryDetails,
  CanaryGlance,
  CanaryList,
  CanaryOptions,
  CanaryPreflight,
  CanaryPreviewRequest,
  CanaryRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { NotFoundError } from '@backstage/errors';
import { snapshotSource } from '../../kubernetes/snapshotSource';
import type { Target } from '../../target/Target';
import type { CanaryAnnouncer } from '../engine/EngineTools';
import type { CanaryRecord } from '../machine';
import type { RunPreflight } from '../preflight';
import { RouteBusy, type CanaryStore } from '../store';
import { actOnCanary } from './actOnCanary';
import { canaryGlance, firstToLookAt } from './canaryGlance';
import { shortestWindowSeconds } from '../engine/CanaryCluster';
import { serviceOptions } from './canaryOptions';
import type { CanaryCaller, CanaryRules } from './CanaryRules';
import { conflict } from './refusals';
import { requestCanary } from './requestCanary';
import { showCanary } from './showCanary';
import { subjectOf } from './subjectOf';

/** As many as a screen can hold; active ones come first. */
const MOST_LISTED = 500;

/** A preflight asks the cluster and Prometheus; a person waits for it. */
const PREFLIGHT_MS = 30_000;

/** What an id can be: a database need not be asked for anything else. */
const ID = /^[0-9a-f-]{36}$/;

export interface CanaryServiceTools {
  store: CanaryStore;
  runPreflight: RunPreflight;
  announcer: Pick<CanaryAnnouncer, 'changed'>;
  rules: CanaryRules;
  /** Something has happened that the engine should see at once. */
  wake(): void;
  now(): Date;
}

/** What people do with canaries. Whether they may is decided before. */
export class CanaryService {
  readonly #tools: CanaryServiceTools;

  constructor(tools: CanaryServiceTools) {
    this.#tools = tools;
  }

  get rules(): CanaryRules {
    return this.#tools.rules;
  }

  /** What a request for the entity can choose from. */
  async options(target: Target): Promise<CanaryOptions> {
    const { store, rules } = this.#tools;
    const services = target.clusters.flatMap(
      ({ cluster, snapshot, services: names }) =>
        names.map(async name => ({
          ...(await serviceOptions(
            snapshot,
            { cluster: cluster.name, ...name },
            names,
            key => store.holderOf(key),
          )),
          leastIntervalSeconds: shortestWindowSeconds(cluster),
        })),
    );
    return {
      services: await Promise.all(services),
      defaults: rules.defaults,
      sources: target.searched.map(({ snapshot }) => snapshotSource(snapshot)),
    };
  }

  /**
   * Steps, checks and the exact patch of a request. Nothing is written.
   *
   * @throws InputError where the entity does not own what the request names
   */
  async preview(
    request: CanaryPreviewRequest,
    target: Target,
  ): Promise<CanaryPreflight> {
    const { preflight } = await this.#tools.runPreflight(
      subjectOf(request, target),
      this.#tools.now(),
      AbortSignal.timeout(PREFLIGHT_MS),
    );
    return preflight;
  }

  /**
   * @returns the canary, and false where the same request had been made before
   * @throws InputError, ConflictError, ServiceUnavailableError
   */
  async request(
    request: CanaryRequest,
    target: Target,
    caller: CanaryCaller,
  ): Promise<{ canary: Canary; created: boolean }> {
    try {
      const { stored, created } = await requestCanary(
        this.#tools,
        request,
        target,
        caller,
        this.#tools.now(),
        AbortSignal.timeout(PREFLIGHT_MS),
      );
      return { canary: this.#happened(stored.record), created };
    } catch (error) {
      throw error instanceof RouteBusy
        ? await this.#busy(error, target)
        : error;
    }
  }

  /** @throws NotFoundError */
  async find(id: string): Promise<CanaryRecord> {
    const stored = ID.test(id) ? await this.#tools.store.get(id) : undefined;
    if (!stored) {
      throw new NotFoundError(`There is no canary ${id}.`);
    }
    return stored.record;
  }

  async details(record: CanaryRecord): Promise<CanaryDetails> {
    return {
      ...this.#show(record),
      transitions: await this.#tools.store.transitions(record.id),
      preflight: record.progress.preflight,
    };
  }

  /** The entities that have canaries. */
  entityRefs(filter: { active?: boolean }): Promise<string[]> {
    return this.#tools.store.entityRefs(filter);
  }

  async list(filter: {
    entityRefs: readonly string[];
    active?: boolean;
  }): Promise<CanaryList> {
    const found = await this.#tools.store.list({
      ...filter,
      limit: MOST_LISTED,
    });
    const at = this.#tools.now();
    const { requesterMayApprove } = this.rules;
    return {
      canaries: found.map(({ record }) => ({
        ...listed(record, at),
        requesterMayApprove,
      })),
    };
  }

  /** The entity's canaries, and the one to look at first. */
  async glance(entityRef: string): Promise<CanaryGlance> {
    const { store } = this.#tools;
    const found = await store.list({
      entityRefs: [entityRef],
      limit: MOST_LISTED,
    });
    const records = found.map(({ record }) => record);
    const first = firstToLookAt(records);
    return canaryGlance(
      records,
      first ? await store.transitions(first.id) : [],
    );
  }

  /** @throws NotFoundError, NotAllowedError, ConflictError with the present state */
  async act(
    id: string,
    action: CanaryAction,
    caller: CanaryCaller,
  ): Promise<Canary> {
    const { record } = await actOnCanary(this.#tools, id, action, caller);
    return this.#happened(record);
  }

  #happened(record: CanaryRecord): Canary {
    this.#tools.announcer.changed(record);
    this.#tools.wake();
    return this.#show(record);
  }

  /** With the rule that a screen has to know, to say who may approve. */
  #show(record: CanaryRecord): Canary {
    const { rules, now } = this.#tools;
    return {
      ...showCanary(record, now()),
      requesterMayApprove: rules.requesterMayApprove,
    };
  }

  /** Another entity's canary is named, and no more of it told: it may not be for this caller to see. */
  async #busy({ holder }: RouteBusy, { entityRef }: Target) {
    const stored = await this.#tools.store.get(holder);
    const record =
      stored?.record.entityRef === entityRef ? stored.record : undefined;
    return conflict(
      `The route is taken: canary ${holder} is active on it (/v1/canaries/${holder}). Wait for its end, or cancel it.`,
      record && showCanary(record, this.#tools.now()),
    );
  }
}

/** In a list, what an ended canary was judged by last would be most of the answer, and nobody looks at it there. */
function listed(record: CanaryRecord, at: Date): Canary {
  const { check, ...canary } = showCanary(record, at);
  return record.endedAt === undefined && check ? { ...canary, check } : canary;
}
