import {
  said,
  wording,
  type Canary,
  type CanaryAction,
  type CanaryDetails,
  type CanaryGlance,
  type CanaryList,
  type CanaryOptions,
  type CanaryPreview,
  type CanaryPreviewRequest,
  type CanaryRequest,
  type CanaryTransitions,
  type ConfiguredThen,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { searchedSources } from '../../target/searchedSources';
import {
  poolOfService,
  poolsOfService,
  type PoolName,
} from '../../kubernetes/inferencePools';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { Target } from '../../target/Target';
import type { CanaryAnnouncer } from '../engine/EngineTools';
import type { CanaryRecord } from '../machine';
import type { RunPreflight } from '../preflight';
import { isProven, whyNotProven, type Ownership } from '../../target/ownership';
import {
  RouteBusy,
  type CanaryStore,
  type CanarySubject,
  type SubjectFilter,
} from '../store';
import { cursorOf, positionOf } from './cursor';
import { withChosenGates } from './chooseGates';
import { eachCluster, previewOf } from './acrossClusters';
import { actOnCanary } from './actOnCanary';
import { canaryGlance, firstToLookAt, MOST_AT_A_GLANCE } from './canaryGlance';
import { configuredAt, wasUnderWay } from './configuredAt';
import { shortestWindowSeconds } from '../engine/CanaryCluster';
import { serviceOptions } from './canaryOptions';
import type { CanaryCaller, CanaryRules } from './CanaryRules';
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

export interface CanaryServiceTools {
  store: CanaryStore;
  runPreflight: RunPreflight;
  announcer: Pick<CanaryAnnouncer, 'changed'>;
  rules: CanaryRules;
  /** Whose Services are, in their order. */
  ownershipsOf(services: readonly ServiceRef[]): Promise<Ownership[]>;
  /** Something has happened that the engine should see at once. */
  wake(): void;
  now(): Date;
}

/** What the canaries of an entity may be about: the entity, and what provably is its. */
const subjectsOf = ({ entityRef, resolution }: Target): SubjectFilter => ({
  of: {
    entityRefs: [entityRef],
    services: (resolution.ownership ?? [])
      .filter(({ proven }) => proven)
      .map(({ service }) => service),
  },
});

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
    const { store, rules, ownershipsOf } = this.#tools;
    const found = target.clusters.flatMap(
      ({ cluster, snapshot, services, parts = [] }) =>
        services
          // A version of another Service is chosen there.
          .filter(({ namespace, name }) =>
            parts.every(
              part => part.namespace !== namespace || part.name !== name,
            ),
          )
          .filter(name => !isPoolOfAnother(snapshot, name, services))
          .map(name => ({
            service: { cluster: cluster.name, ...name },
            leastIntervalSeconds: shortestWindowSeconds(cluster),
            snapshot,
            siblings: services,
          })),
    );
    const ownerships = await ownershipsOf(found.map(({ service }) => service));
    const services = found.map(
      async ({ service, snapshot, siblings, leastIntervalSeconds }, index) => ({
        ...(isProven(ownerships[index], target.entityRef)
          ? await serviceOptions(snapshot, service, siblings, key =>
              store.holderOf(key),
            )
          : {
              service,
              routes: [],
              versions: [],
              ...said(whyNotProven(ownerships[index], target.entityRef)),
            }),
        leastIntervalSeconds,
      }),
    );
    return {
      services: await Promise.all(services),
      presets: [...rules.presets],
      defaults: withChosenGates(rules.defaults, rules.qualityGates),
      qualityGates: [...rules.qualityGates],
      sources: searchedSources(target),
    };
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

  /** The canaries of the entity and of what provably is its, and the one to look at first. */
  async glance(target: Target): Promise<CanaryGlance> {
    const records = await this.#recordsOf(target, MOST_AT_A_GLANCE + 1);
    const first = firstToLookAt(records);
    return canaryGlance(
      records,
      first ? await this.#tools.store.transitions(first.id) : [],
    );
  }

  /** A text that is another one where {@link glance} might be; what it costs does not grow with the canaries. */
  async glanceMark(target: Target): Promise<string> {
    const marks = await this.#tools.store.marks(subjectsOf(target));
    const ownerships = await this.#ownersOf(marks);
    return JSON.stringify([marks, ownerships]);
  }

  /** The latest 200 canaries of the entity and of what provably is its, active ones first. */
  recordsOf(target: Target): Promise<CanaryRecord[]> {
    return this.#recordsOf(target, MOST_AT_A_GLANCE);
  }

  /** How the routes of the entity were set at a moment that has been, by the canaries that were under way then. */
  async configuredAt(target: Target, at: Date): Promise<ConfiguredThen[]> {
    const { store } = this.#tools;
    const subjects = await this.#subjectsOf(target);
    const before = { active: false, requestedAt: at.toISOString(), id: '' };
    const found = await Promise.all([
      store.list({ subjects, active: true, limit: MOST_AT_A_GLANCE }),
      store.list({ subjects, after: before, limit: MOST_AT_A_GLANCE }),
    ]);
    const told: ConfiguredThen[] = [];
    for (const { record } of found.flat()) {
      const then = wasUnderWay(record, at)
        ? configuredAt(record, await store.transitions(record.id), at)
        : undefined;
      if (then) {
        told.push(then);
      }
    }
    return told;
  }

  async #recordsOf(target: Target, limit: number): Promise<CanaryRecord[]> {
    const found = await this.#tools.store.list({
      subjects: await this.#subjectsOf(target),
      limit,
    });
    return found.map(({ record }) => record);
  }

  /** What has turned out to be another's is not for this entity's screen. */
  async #subjectsOf(target: Target): Promise<CanarySubject[]> {
    const subjects = await this.#tools.store.subjects(subjectsOf(target));
    const ownerships = await this.#ownersOf(subjects);
    return subjects.filter(
      (_, index) =>
        ownerships[index].rule === undefined ||
        ownerships[index].owners.includes(target.entityRef),
    );
  }

  async #ownersOf(subjects: readonly CanarySubject[]): Promise<Ownership[]> {
    return subjects.length === 0
      ? []
      : this.#tools.ownershipsOf(subjects.map(({ service }) => service));
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

/** Whether Istio keeps a Service for an InferencePool that another Service is divided into: a version of that one. */
function isPoolOfAnother(
  snapshot: MeshSnapshot,
  { namespace, name }: PoolName,
  services: readonly PoolName[],
): boolean {
  const service = snapshot.get('Service', namespace, name);
  const pool = service && poolOfService(service);
  return (
    pool !== undefined &&
    services.some(
      other =>
        other.name !== name &&
        other.namespace === namespace &&
        poolsOfService(snapshot, other).some(one => one.name === pool),
    )
  );
}

/** In a list, what an ended canary was judged by last would be most of the answer, and nobody looks at it there. */
function listed(record: CanaryRecord, at: Date): Canary {
  const { check, ...canary } = showCanary(record, at);
  return record.endedAt === undefined && check ? { ...canary, check } : canary;
}
