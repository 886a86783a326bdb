import {
  wording,
  type Canary,
  type CanaryAction,
  type CanaryDetails,
  type CanaryList,
  type CanaryOptions,
  type CanaryPreview,
  type CanaryPreviewRequest,
  type CanaryRequest,
  type CanaryTransitions,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Target } from '../../target/Target';
import type { CanaryRecord } from '../machine';
import { RouteBusy, type CanarySubject, type SubjectFilter } from '../store';
import { cursorOf, positionOf } from './cursor';
import { withChosenGates } from './chooseGates';
import { eachCluster, previewOf } from './acrossClusters';
import { actOnCanary } from './actOnCanary';
import type { CanaryCaller, CanaryRules } from './CanaryRules';
import type { CanaryServiceTools } from './CanaryServiceTools';
import { entityOptions } from './entityOptions';
import { EntityCanaries } from './EntityCanaries';
import { conflict } from './refusals';
import { requestCanary } from './requestCanary';
import { requireOwnVersions } from './requireOwnVersions';
import { showCanary } from './showCanary';
import { subjectOf } from './subjectOf';

/** Of a history, as many rows as a screen can hold; earlier ones are asked for by themselves. */
const MOST_TRANSITIONS = 200;

/** A preflight asks the cluster and Prometheus; a person waits for it. */
const PREFLIGHT_MS = 30_000;

/** What an id can be: a database need not be asked for anything else. */
const ID = /^[0-9a-f-]{36}$/;

/** What people do with canaries. Whether they may is decided before. */
export class CanaryService {
  readonly #tools: CanaryServiceTools;
  readonly ofEntities: EntityCanaries;

  constructor(tools: CanaryServiceTools) {
    this.#tools = tools;
    this.ofEntities = new EntityCanaries(tools);
  }

  get rules(): CanaryRules {
    return this.#tools.rules;
  }

  /** What a request for the entity can choose from. */
  options(target: Target): Promise<CanaryOptions> {
    return entityOptions(this.#tools, target);
  }

  /**
   * Steps, checks and the exact patch of a request. Nothing is written.
   *
   * @throws InputError where the entity does not have what the request names; NotAllowedError where it is not proven
   * that it is the entity's
   */
  async preview(
    asked: CanaryPreviewRequest,
    target: Target,
  ): Promise<CanaryPreview> {
    const request = this.#withGates(asked);
    const subjects = await this.#ownSubjects(request, target);
    const found = await Promise.all(
      subjects.map(subject =>
        this.#tools.runPreflight(
          { ...subject, presets: this.rules.presets },
          this.#tools.now(),
          AbortSignal.timeout(PREFLIGHT_MS),
        ),
      ),
    );
    return previewOf(
      request,
      found.map(({ preflight }) => preflight),
    );
  }

  /**
   * @returns the canary, and false where the same request had been made before
   * @throws InputError, NotAllowedError, ConflictError, ServiceUnavailableError
   */
  async request(
    asked: CanaryRequest,
    target: Target,
    caller: CanaryCaller,
  ): Promise<{ canary: Canary; created: boolean }> {
    const request = this.#withGates(asked);
    await this.#ownSubjects(request, target);
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

  async find(id: string): Promise<CanaryRecord | undefined> {
    return ID.test(id) ? (await this.#tools.store.get(id))?.record : undefined;
  }

  async details(record: CanaryRecord): Promise<CanaryDetails> {
    const { transitions, earlier } = await this.transitions(record.id, {
      limit: MOST_TRANSITIONS,
    });
    return {
      ...this.show(record),
      transitions,
      ...(earlier && { earlierTransitions: earlier }),
      preflight: record.progress.preflight,
    };
  }

  /**
   * A part of a canary's history.
   *
   * @param page - `cursor`: where the later part said that there is more
   */
  async transitions(
    id: string,
    page: { cursor?: number; limit: number },
  ): Promise<CanaryTransitions> {
    const found = await this.#tools.store.latestTransitions(id, {
      before: page.cursor,
      limit: page.limit + 1,
    });
    const transitions = found.slice(-page.limit);
    return {
      transitions,
      ...(found.length > transitions.length && {
        earlier: String(transitions[0].seq),
      }),
    };
  }

  /** What there are canaries about, each once. */
  subjects(filter: SubjectFilter): Promise<CanarySubject[]> {
    return this.#tools.store.subjects(filter);
  }

  /** @throws InputError for a cursor that no list gave */
  async list(page: {
    subjects: readonly CanarySubject[];
    active?: boolean;
    limit: number;
    cursor?: string;
  }): Promise<CanaryList> {
    const { cursor, limit, ...filter } = page;
    const found = await this.#tools.store.list({
      ...filter,
      limit: limit + 1,
      ...(cursor !== undefined && { after: positionOf(cursor) }),
    });
    const at = this.#tools.now();
    const { requesterMayApprove } = this.rules;
    const records = found.slice(0, limit).map(({ record }) => record);
    return {
      canaries: records.map(record => ({
        ...listed(record, at),
        requesterMayApprove,
      })),
      ...(found.length > limit && { next: cursorOf(records.at(-1)!) }),
    };
  }

  /** @throws NotFoundError, NotAllowedError, ConflictError with the present state */
  async act(
    id: string,
    action: CanaryAction,
    caller: CanaryCaller,
  ): Promise<Canary> {
    const [first, ...others] = await actOnCanary(
      this.#tools,
      id,
      action,
      caller,
    );
    for (const { record } of others) {
      this.#tools.announcer.changed(record);
    }
    return this.#happened(first.record);
  }

  /** The others of a canary's request, in the order of its clusters. */
  async othersOf({ id, group }: CanaryRecord): Promise<CanaryRecord[]> {
    const found = group ? await this.#tools.store.ofGroup(group.id) : [];
    return found
      .map(({ record }) => record)
      .filter(record => record.id !== id)
      .sort(
        (a, b) =>
          group!.clusters.indexOf(a.service.cluster) -
          group!.clusters.indexOf(b.service.cluster),
      );
  }

  /** What a request is about in each of its clusters, all of it provably the entity's. */
  async #ownSubjects(request: CanaryPreviewRequest, target: Target) {
    const subjects = eachCluster(request).map(one => subjectOf(one, target));
    for (const subject of subjects) {
      await requireOwnVersions(subject, target, this.#tools.ownershipsOf);
    }
    return subjects;
  }

  #withGates<T extends CanaryPreviewRequest>(request: T): T {
    return {
      ...request,
      plan: withChosenGates(request.plan, this.rules.qualityGates),
    };
  }

  #happened(record: CanaryRecord): Canary {
    this.#tools.announcer.changed(record);
    this.#tools.wake();
    return this.show(record);
  }

  /** With the rule that a screen has to know, to say who may approve. */
  show(record: CanaryRecord): Canary {
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
      wording('ask.routeTaken', { holder }),
      record && showCanary(record, this.#tools.now()),
    );
  }
}

/** In a list, what an ended canary was judged by last would be most of the answer, and nobody looks at it there. */
function listed(record: CanaryRecord, at: Date): Canary {
  const { check, ...canary } = showCanary(record, at);
  return record.endedAt === undefined && check ? { ...canary, check } : canary;
}
