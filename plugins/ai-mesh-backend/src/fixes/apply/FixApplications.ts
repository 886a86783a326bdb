import {
  inEnglish,
  said,
  wording,
  type FixApplication,
  type FixApplicationAction,
  type FixApplicationBody,
  type Review,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  AuditorService,
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { randomUUID } from 'crypto';
import { explainingStore } from '../../database/databaseTrouble';
import type { ConfigObject } from '../../kubernetes/kinds';
import { EditError } from '../../kubernetes/ObjectEditor';
import { applicable, toYaml } from '../../manifest';
import { isProven, whyNotProven, type Ownership } from '../../target/ownership';
import type { MeshCluster, MeshClusters } from '../../target/MeshClusters';
import type { Target } from '../../target/Target';
import { applicabilityIn } from './applicabilityIn';
import type { ApplicationRecord, Spec } from './ApplicationRecord';
import {
  ApplicationStore,
  ObjectBusy,
  StaleApplication,
} from './ApplicationStore';
import { carryOut, failed } from './carryOut';
import { actionsIn, decide, type Decider } from './decide';
import { servicesReached, titleOf, whyNotApplied } from './whyNotApplied';

/** Of one entity; of older ones is told how many there are. */
const MOST_SHOWN = 20;
/** Of one turn, one after another. */
const MOST_WRITTEN = 20;
const TICK_MS = 10_000;
/** Longer than a turn takes: a replica that dies in it leaves its fixes to the next. */
const CLAIM_MS = 20 * 60_000;
/** A cluster that does not answer is asked again. */
const AGAIN_MS = 10_000;
/** Nobody expects a write so long after it was approved. */
const GIVE_UP_MS = 3_600_000;
const ID = /^[0-9a-f-]{36}$/;
const KEEP_MS = 90 * 86_400_000;

const AWAY =
  "The portal's database cannot be used at present, so no fix is applied; nothing was changed.";

export interface FixApplicationsOptions {
  database: DatabaseService;
  scheduler: SchedulerService;
  auditor: AuditorService;
  clusters: MeshClusters;
  /** Whose Services are, in their order. */
  ownershipsOf(services: readonly ServiceRef[]): Promise<Ownership[]>;
  /** The canary that runs on an object. */
  canaryOn(object: ConfigObject): string | undefined;
  /** As for canaries. */
  rules: { requesterMayApprove: boolean; requestExpiryMs: number };
  logger: LoggerService;
  now(): Date;
}

/**
 * Fixes that are written into the cluster: asked for by one person, approved by another, written once by one replica,
 * and undone as exactly.
 */
export class FixApplications {
  readonly #options: FixApplicationsOptions;
  #store: ApplicationStore | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: FixApplicationsOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { scheduler } = this.#options;
    await scheduler.scheduleTask({
      id: 'apply-fixes',
      // A task for all replicas would need the database at the start, which may still be away.
      scope: 'local',
      frequency: { milliseconds: TICK_MS },
      initialDelay: { milliseconds: TICK_MS },
      timeout: { minutes: 15 },
      fn: () => this.#attend(),
    });
    await scheduler.scheduleTask({
      id: 'forget-applied-fixes',
      scope: 'local',
      frequency: { hours: 6 },
      initialDelay: { minutes: 10 },
      timeout: { minutes: 5 },
      fn: async () => (await this.#opened()).prune(this.#inMs(-KEEP_MS)),
    });
  }

  /** Waits for what is being written. */
  async stop(): Promise<void> {
    await this.#turn;
  }

  /**
   * Asks that a fix is written, once another person approves it. The cluster has to take it in a dry run.
   *
   * @throws ConflictError where the review does not have the finding, or something speaks against it
   * @throws NotAllowedError where the Service is not provably the entity's
   * @throws ServiceUnavailableError while the cluster or the database does not answer
   */
  async request(
    { entityRef }: Pick<Target, 'entityRef'>,
    { finding: id, reason }: FixApplicationBody,
    requestedBy: string,
    review: Review,
  ): Promise<FixApplication> {
    const { now } = this.#options;
    const finding = review.findings.find(one => one.id === id);
    if (!finding) {
      throw new ConflictError(
        'The review does not have this finding any more: look at it again.',
      );
    }
    const { code, service, fix } = finding;
    if (!fix?.jsonPatch) {
      throw new ConflictError(inEnglish([wording('apply.noPatch')]));
    }
    const { object } = fix;
    const store = await this.#opened();
    const cluster = this.#writable(object.cluster);
    const [ownership] = await this.#options.ownershipsOf([service]);
    if (!isProven(ownership, entityRef)) {
      throw new NotAllowedError(whyNotProven(ownership, entityRef));
    }
    const operations = fix.jsonPatch.filter(({ op }) => op !== 'test');
    const { live, dry } = await orRefused(async () => {
      const found = await cluster.editor.get(object);
      const why = await this.#whyNot({ object, operations, entityRef }, found);
      if (why) {
        throw new ConflictError(inEnglish([why]));
      }
      return {
        live: found,
        // Its test of the version refuses a fix of an object that has moved on since the review read it.
        dry: await cluster.editor.patch(object, fix.jsonPatch!, {
          dryRun: true,
        }),
      };
    });
    const record: ApplicationRecord = {
      id: randomUUID(),
      version: 1,
      state: 'requested',
      entityRef,
      finding: id,
      code,
      service,
      object,
      operations,
      specBefore: live.spec as Spec,
      specAfter: dry.spec as Spec,
      before: toYaml(applicable(live)),
      after: toYaml(applicable(dry)),
      requestedBy,
      requestedAt: now().toISOString(),
      ...(reason !== undefined && { reason }),
      begun: false,
    };
    try {
      await store.add(record, this.#checkAt(record));
    } catch (error) {
      throw busy(error, titleOf(live));
    }
    return this.#shown(record);
  }

  /**
   * Carries out a decision on it.
   *
   * @throws NotFoundError, NotAllowedError, ConflictError, ServiceUnavailableError
   */
  async act(
    entityRef: string,
    id: string,
    action: FixApplicationAction,
    decider: Decider,
  ): Promise<FixApplication> {
    const { rules, now } = this.#options;
    const store = await this.#opened();
    // Whatever else stands in a path is no id, and nothing that a database need be asked.
    const record = ID.test(id) ? await store.get(entityRef, id) : undefined;
    if (!record) {
      throw new NotFoundError('There is no such fix of this entity.');
    }
    const next = decide(
      record,
      action,
      decider,
      rules.requesterMayApprove,
      now(),
    );
    let saved: ApplicationRecord;
    try {
      saved = await store.save(next, this.#checkAt(next));
    } catch (error) {
      throw error instanceof StaleApplication
        ? new ConflictError(
            'Somebody else has just decided about this fix. Look again.',
          )
        : busy(error, `${record.object.kind} ${record.object.name}`);
    }
    if (saved.state === 'approved' || saved.state === 'undoing') {
      this.#attend().catch(error =>
        this.#options.logger.warn(`Fixes are applied later: ${error}`),
      );
    }
    return this.#shown(saved);
  }

  /** A review with what can be applied, and what was. Never rejects: what cannot be read says why. */
  async addTo(
    review: Review,
    target: Pick<Target, 'clusters' | 'entityRef' | 'resolution'>,
  ): Promise<Review> {
    const { canaryOn, logger } = this.#options;
    const told = {
      ...review,
      findings: review.findings.map(finding =>
        finding.fix
          ? {
              ...finding,
              fix: {
                ...finding.fix,
                applicability: applicabilityIn(target, finding.fix, canaryOn),
              },
            }
          : finding,
      ),
    };
    try {
      const { records, total } = await (
        await this.#opened()
      ).of(review.entityRef, MOST_SHOWN);
      const more = total - records.length;
      return {
        ...told,
        applications: records.map(one => this.#shown(one)),
        ...(more > 0 && { moreApplications: more }),
      };
    } catch (error) {
      logger.warn(`Applied fixes could not be read: ${error}`);
      return { ...told, applicationsUnknown: AWAY };
    }
  }

  /** One turn after another. */
  #attend(): Promise<void> {
    const turn = this.#turn.then(async () => {
      const store = await this.#opened();
      const due = await store.due(
        this.#inMs(0),
        this.#inMs(CLAIM_MS),
        MOST_WRITTEN,
      );
      for (const record of due) {
        await this.#attendTo(record, store).catch(error => {
          if (!(error instanceof StaleApplication)) {
            throw error;
          }
        });
      }
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #attendTo(
    record: ApplicationRecord,
    store: ApplicationStore,
  ): Promise<void> {
    if (record.state === 'requested') {
      await store.save({ ...record, state: 'expired' }, undefined);
      return;
    }
    const decidedAt = record.decidedAt ?? record.requestedAt;
    const isLate =
      this.#options.now().getTime() - new Date(decidedAt).getTime() >
      GIVE_UP_MS;
    if (isLate && !record.begun) {
      await store.save(failed(record, wording('apply.unanswered')), undefined);
      return;
    }
    const audit = await this.#options.auditor.createEvent({
      eventId: 'fix-write',
      severityLevel: 'high',
      meta: auditMeta(record),
    });
    let latest = record;
    try {
      const result = await this.#carryOut(record, async begun => {
        latest = await store.save(begun, this.#inMs(CLAIM_MS));
        return latest;
      });
      const saved = await store.save(
        { ...result, version: latest.version },
        this.#checkAt(result),
      );
      const meta = { ...auditMeta(saved), state: saved.state };
      if (saved.words) {
        await audit.fail({ meta, error: new Error(inEnglish(saved.words)) });
      } else {
        await audit.success({ meta });
      }
    } catch (error) {
      await audit.fail({ meta: auditMeta(record), error: error as Error });
      throw error;
    }
  }

  async #carryOut(
    record: ApplicationRecord,
    begin: (begun: ApplicationRecord) => Promise<ApplicationRecord>,
  ): Promise<ApplicationRecord> {
    const { editor } = this.#options.clusters.get(record.object.cluster) ?? {};
    if (!editor || editor.readOnly) {
      return failed(
        record,
        wording('apply.noCluster', { cluster: record.object.cluster }),
      );
    }
    return carryOut(record, {
      editor,
      whyNot: live => this.#whyNot(record, live),
      begin,
    });
  }

  /** By the object as it is, and by what is proven now. */
  async #whyNot(
    {
      object,
      operations,
      entityRef,
    }: Pick<ApplicationRecord, 'object' | 'operations' | 'entityRef'>,
    live: ConfigObject,
  ) {
    const { clusters, ownershipsOf, canaryOn } = this.#options;
    const { cluster } = object;
    const snapshot = await clusters.get(cluster)!.snapshots.snapshot();
    const { clusterDomain } = snapshot;
    const reached = servicesReached(live, clusterDomain);
    const services = 'services' in reached ? reached.services : [];
    const ownerships = await ownershipsOf(
      services.map(service => ({ cluster, ...service })),
    );
    const proven = new Set(
      services
        .filter((_, index) => isProven(ownerships[index], entityRef))
        .map(({ namespace, name }) => `${namespace}/${name}`),
    );
    return whyNotApplied(live, operations, {
      entityRef,
      clusterDomain,
      isProven: ({ namespace, name }) => proven.has(`${namespace}/${name}`),
      canaryOn,
    });
  }

  #writable(
    name: string,
  ): MeshCluster & { editor: NonNullable<MeshCluster['editor']> } {
    const cluster = this.#options.clusters.get(name);
    const { editor } = cluster ?? {};
    if (!cluster || !editor || editor.readOnly) {
      throw new ConflictError(
        inEnglish([
          wording(editor?.readOnly ? 'patch.off' : 'patch.noEditor', {
            cluster: name,
          }),
        ]),
      );
    }
    return { ...cluster, editor };
  }

  /** When it is to be attended to; undefined: when a person acts. */
  #checkAt({
    state,
    words,
    requestedAt,
  }: ApplicationRecord): string | undefined {
    switch (state) {
      case 'requested':
        return new Date(
          new Date(requestedAt).getTime() + this.#options.rules.requestExpiryMs,
        ).toISOString();
      case 'approved':
      case 'undoing':
        return this.#inMs(words ? AGAIN_MS : 0);
      default:
        return undefined;
    }
  }

  #shown(record: ApplicationRecord): FixApplication {
    const {
      entityRef: _,
      operations: __,
      specBefore: ___,
      specAfter: ____,
      begun: _____,
      words,
      ...shown
    } = record;
    return {
      ...shown,
      ...(words && said(...words)),
      actions: actionsIn(record.state),
      requesterMayApprove: this.#options.rules.requesterMayApprove,
    };
  }

  #inMs(ms: number): string {
    return new Date(this.#options.now().getTime() + ms).toISOString();
  }

  async #opened(): Promise<ApplicationStore> {
    if (!this.#store) {
      const { database, logger } = this.#options;
      const knex = await database.getClient();
      // Canaries run the migrations, for all that the plugin keeps.
      if (!(await ApplicationStore.isReady(knex))) {
        throw new ServiceUnavailableError(AWAY);
      }
      this.#store = explainingStore(
        new ApplicationStore(knex),
        'Nothing was changed; weights stay as they are.',
        message => logger.warn(message),
      );
    }
    return this.#store;
  }
}

function auditMeta({ id, entityRef, object, code, state }: ApplicationRecord) {
  return { id, entityRef, object: { ...object }, code, state };
}

function busy(error: unknown, object: string): unknown {
  return error instanceof ObjectBusy
    ? new ConflictError(
        `Another fix of ${object} waits or is being written. Decide about that one first.`,
      )
    : error;
}

/** What the cluster says to somebody who asks. */
async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EditError)) {
      throw error;
    }
    throw error.failure === 'unreachable'
      ? new ServiceUnavailableError(error.message)
      : new ConflictError(error.message);
  }
}
