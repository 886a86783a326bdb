import { randomUUID } from 'crypto';
import { hostname } from 'os';
import {
  known,
  unknown,
  wording,
  type CanaryCheck,
  type CanaryGlance,
  type ConfiguredThen,
  type Measured,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryGate } from '@ai-mesh/plugin-ai-mesh-node';
import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { explainingStore } from '../database/databaseTrouble';
import { worded } from '../worded';
import type { Ownership } from '../target/ownership';
import type { Target } from '../target/Target';
import {
  CanaryEngine,
  type CanaryClusters,
  type EngineTimings,
} from './engine';
import { backOffMs, type CanaryAnnouncer } from './engine/EngineTools';
import type { CanaryWebhook } from './engine/webhookCall';
import { CodeGate } from './engine/CodeGate';
import type { GateCatalog } from './engine/takeQuality';
import { offerOf, type QualityGate } from './gates';
import { preflightOf } from './preflight';
import {
  CanaryService,
  pastCanary,
  type CanaryRules,
  type PastCanary,
} from './service';
import {
  DatabaseCanaryStore,
  type CanaryCount,
  type CanaryStore,
} from './store';

/** A replica that ends without a word is stood in for after this. */
const LEASE_MS = 30_000;

/** The start of the portal waits no longer for the database; canaries follow when it is there. */
const PATIENCE_MS = 10_000;

/** How many canaries there are, and how the engine of this replica keeps up. */
export interface CanaryNumbers {
  byState: readonly CanaryCount[];
  historyRows: number;
  engine: CanaryEngine['load'];
}

export interface RunningCanariesOptions {
  database: DatabaseService;
  clusters: CanaryClusters;
  announcer: CanaryAnnouncer;
  rules: Omit<CanaryRules, 'qualityGates'>;
  /** What plans may name beside the gates of the requests. */
  gates: readonly QualityGate[];
  /** Those that other modules judge. */
  codeGates: readonly CanaryGate[];
  /** Who is asked, or told, on a canary's way. */
  webhooks: readonly CanaryWebhook[];
  /** How much is kept of what has ended. */
  history: { keepForMs: number; most: number };
  /** Whose Services are, in their order. */
  ownershipsOf(services: readonly ServiceRef[]): Promise<Ownership[]>;
  /** A running canary was looked at. */
  onCheck?(check: CanaryCheck): void;
  logger: LoggerService;
  timings?: Partial<EngineTimings>;
}

/**
 * Canaries for as long as the portal runs: the store, the engine and what people do. While the database is away,
 * everything else of the plugin works, and this says so.
 */
export class RunningCanaries {
  readonly #options: RunningCanariesOptions;
  readonly #catalog: GateCatalog;
  #running:
    | { service: CanaryService; engine: CanaryEngine; store: CanaryStore }
    | undefined;
  #retry: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;
  #stopped = false;

  /** @throws InputError for a gate of a module that cannot be used */
  constructor(options: RunningCanariesOptions) {
    this.#options = options;
    this.#catalog = catalogOf(options);
  }

  /** Never rejects: a database that is not there yet is tried again. */
  async start(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>(resolve => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    this.#opening = this.#open(0);
    await Promise.race([this.#opening, patience]);
    clearTimeout(timer);
  }

  /** Begins nothing new, and waits for what has begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#running?.engine.stop();
  }

  /** @throws ServiceUnavailableError while there is no database */
  get service(): CanaryService {
    if (!this.#running) {
      throw worded(ServiceUnavailableError, wording('database.noCanaries'));
    }
    return this.#running.service;
  }

  /** The entity's canaries at a glance; never rejects. */
  glance(target: Target): Promise<Measured<CanaryGlance>> {
    return this.#ask(target, service => service.ofEntities.glance(target));
  }

  /**
   * A text that is another one where {@link glance} might be, whichever replica changed a canary; undefined where that cannot
   * be told. Never rejects.
   */
  async glanceMark(target: Target): Promise<string | undefined> {
    const mark = await this.#ask(target, service =>
      service.ofEntities.glanceMark(target),
    );
    return mark.status === 'known' ? mark.value : undefined;
  }

  /** How the entity's routes were set at a moment that has been, as far as canaries' records tell; never rejects. */
  configuredAt(target: Target, at: Date): Promise<Measured<ConfiguredThen[]>> {
    return this.#ask(target, service =>
      service.ofEntities.configuredAt(target, at),
    );
  }

  /** The entity's canaries that go on, or ended no sooner than at a moment, as they were; never rejects. */
  past(target: Target, since: Date): Promise<Measured<PastCanary[]>> {
    return this.#ask(target, async service =>
      (await service.ofEntities.since(target, since)).map(pastCanary),
    );
  }

  async #ask<T>(
    target: Target,
    ask: (service: CanaryService) => Promise<T>,
  ): Promise<Measured<T>> {
    try {
      return known(await ask(this.service));
    } catch (error) {
      this.#options.logger.warn(
        `The canaries of ${target.entityRef} could not be read: ${error}`,
      );
      return unknown('source-unreachable', [wording('figure.noDatabase')]);
    }
  }

  /** Removes what ended so long ago that nobody looks for it; for Backstage's scheduler. */
  async forget(): Promise<void> {
    const { history, logger } = this.#options;
    const store = this.#running?.store;
    if (!store) {
      return;
    }
    await store.completeRows();
    const count = await store.forget({
      endedBefore: new Date(Date.now() - history.keepForMs).toISOString(),
      most: history.most,
    });
    if (count > 0) {
      logger.info(
        `${count} canaries that ended long ago are gone, with their histories (aiMesh.canary.history)`,
      );
    }
  }

  /** How many there are, and how the engine keeps up; undefined while there is no database. */
  async numbers(): Promise<CanaryNumbers | undefined> {
    const running = this.#running;
    if (!running) {
      return undefined;
    }
    const { byState, transitions } = await running.store.sizes();
    return { byState, historyRows: transitions, engine: running.engine.load };
  }

  async #open(failures: number): Promise<void> {
    const { database, logger } = this.#options;
    try {
      const store = await DatabaseCanaryStore.create(database);
      if (!this.#stopped) {
        this.#running = this.#over(store);
        this.#running.engine.start();
      }
    } catch (error) {
      logger.error(
        `Canaries cannot run without the database; everything else does: ${error}`,
      );
      if (!this.#stopped) {
        this.#retry = setTimeout(
          () => {
            this.#opening = this.#open(failures + 1);
          },
          backOffMs(failures, Math.random),
        );
      }
    }
  }

  #over(store: DatabaseCanaryStore) {
    const { clusters, announcer, rules, logger, timings, ownershipsOf } =
      this.#options;
    const gates = this.#catalog;
    const runPreflight = preflightOf({ clusters, store, gates });
    const now = () => new Date();
    const engine = new CanaryEngine(
      {
        store,
        clusters,
        runPreflight,
        gates,
        webhooks: this.#options.webhooks,
        announcer,
        ownersOf: service => ownersOf(service, ownershipsOf),
        onCheck: this.#options.onCheck,
        requestExpiryMs: rules.requestExpiryMs,
        lease: { owner: `${hostname()}-${randomUUID()}`, durationMs: LEASE_MS },
        now,
        random: Math.random,
        sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
        logger,
      },
      timings,
    );
    const forPeople = explainingStore(store, 'database.weightsStay', message =>
      logger.warn(message),
    );
    const service = new CanaryService({
      store: forPeople,
      runPreflight: preflightOf({ clusters, store: forPeople, gates }),
      announcer,
      rules: { ...rules, qualityGates: offersOf(gates) },
      ownershipsOf,
      wake: () => engine.wake(),
      now,
    });
    return { service, engine, store };
  }
}

/** A mark that cannot be seen may say otherwise: then nobody knows. */
async function ownersOf(
  service: ServiceRef,
  ownershipsOf: RunningCanariesOptions['ownershipsOf'],
): Promise<Measured<string[]>> {
  const { namespace, name } = service;
  try {
    const [{ owners, unseen, hiddenBehind = [] }] = await ownershipsOf([
      service,
    ]);
    return unseen || hiddenBehind.length > 0
      ? unknown('source-unreachable', [
          wording('owners.unseen', { of: `${namespace}/${name}` }),
        ])
      : known([...owners]);
  } catch (error) {
    return unknown('source-unreachable', [
      wording('owners.catalog', {
        of: `${namespace}/${name}`,
        text: String(error),
      }),
    ]);
  }
}

function offersOf({ gates, codeGates }: GateCatalog) {
  return [...gates.map(offerOf), ...codeGates.map(({ offer }) => offer)];
}

function catalogOf({
  gates,
  codeGates,
  rules,
}: RunningCanariesOptions): GateCatalog {
  let inCode: CodeGate[];
  try {
    inCode = codeGates.map(gate => new CodeGate(gate));
  } catch (error) {
    throw new InputError((error as Error).message);
  }
  // A module's gate takes the place of a configured one, as a configured one does of a built-in one.
  const names = inCode.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) {
    throw new InputError(`Two modules add a canary gate '${twice}'.`);
  }
  const catalog = {
    gates: gates.filter(({ name }) => !names.includes(name)),
    codeGates: inCode,
  };
  const offered = offersOf(catalog).map(({ name }) => name);
  const stranger = rules.defaults.qualityGates?.find(
    name => !offered.includes(name),
  );
  if (stranger) {
    throw new InputError(
      `aiMesh.canary.plan.qualityGates names '${stranger}', and there is no such gate. Known are ${offered.join(', ')}.`,
    );
  }
  return catalog;
}
