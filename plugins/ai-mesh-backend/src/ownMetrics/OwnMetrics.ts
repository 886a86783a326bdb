import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { RequestHandler } from 'express';
import type { CanaryNumbers } from '../canary';
import type { FactsNumbers } from '../facts';
import type { ClusterNumbers } from '../target/DefaultMeshClusters';
import type { TableNumbers } from '../telemetry';
import {
  sourceExchanges,
  type SourceExchange,
} from '../target/sourceExchanges';

/** Names end with their unit, which not every exporter adds. Seconds: what is kept in memory, what a source answers, and what takes its time-out. */
const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the metrics are read from, each time that they are collected. */
export interface MeasuredParts {
  /** Rejects while the database does not answer; undefined while there is none. */
  canaries(): Promise<CanaryNumbers | undefined>;
  clusters(): Promise<readonly ClusterNumbers[]>;
  /** As for canaries. */
  facts(): Promise<FactsNumbers | undefined>;
  tables(): readonly TableNumbers[];
}

/** The plugin's own metrics, by Backstage's service for them. docs/metrics.md lists them. */
export class OwnMetrics {
  readonly #checks;
  readonly #gates;
  readonly #requests;
  readonly #sourceSeconds;
  readonly #sourceWaiting;
  readonly #listen = (told: unknown) => this.#exchanged(told as SourceExchange);

  constructor(
    private readonly options: {
      metrics: MetricsService;
      logger: Pick<LoggerService, 'debug'>;
    },
  ) {
    const { metrics } = options;
    this.#checks = metrics.createCounter('ai_mesh.canary.checks', {
      description: 'Looks at running canaries, by what they came to.',
    });
    this.#gates = metrics.createCounter('ai_mesh.canary.gate.results', {
      description: 'What gates of running canaries came to.',
    });
    this.#requests = metrics.createHistogram(
      'ai_mesh.request.duration.seconds',
      {
        description: "Requests of AI Mesh's API.",
        unit: 's',
        advice: { explicitBucketBoundaries: SECONDS },
      },
    );
    this.#sourceSeconds = metrics.createHistogram(
      'ai_mesh.source.duration.seconds',
      {
        description:
          'Questions to Prometheus, Kiali, tracing systems and API servers, with the time that they waited for a turn.',
        unit: 's',
        advice: { explicitBucketBoundaries: SECONDS },
      },
    );
    this.#sourceWaiting = metrics.createGauge('ai_mesh.source.waiting', {
      description: 'Questions to a source that wait for a turn.',
    });
  }

  /** Begins to measure what goes on by itself. */
  start(parts: MeasuredParts): void {
    sourceExchanges.subscribe(this.#listen);
    this.#observeCanaries(parts);
    this.#observeClusters(parts);
    this.#observeFacts(parts);
    this.#observeTables(parts);
  }

  stop(): void {
    sourceExchanges.unsubscribe(this.#listen);
  }

  /** A canary was looked at. */
  checked({ verdict, gates }: CanaryCheck): void {
    this.#checks.add(1, { verdict: verdict.outcome });
    for (const { gate, outcome } of gates) {
      this.#gates.add(1, { gate, outcome });
    }
  }

  /** Stands before every route. */
  readonly measureRequests: RequestHandler = (request, response, next) => {
    const began = performance.now();
    response.on('close', () => {
      this.#requests.record((performance.now() - began) / 1000, {
        method: request.method,
        // Set once a route was found; its parameters are no part of it.
        route: (request.route as { path?: string } | undefined)?.path ?? 'none',
        // Whoever asked may have gone before there was an answer.
        status: response.writableFinished
          ? String(response.statusCode)
          : 'gone',
      });
    });
    next();
  };

  #exchanged(exchange: SourceExchange): void {
    const { source, cluster, outcome, seconds, waiting } = exchange;
    this.#sourceSeconds.record(seconds, { source, cluster, outcome });
    if (waiting !== undefined) {
      this.#sourceWaiting.record(waiting, { source, cluster });
    }
  }

  #observeCanaries(parts: MeasuredParts): void {
    const gauge = (name: string, description: string, unit?: string) =>
      this.options.metrics.createObservableGauge(`ai_mesh.canary.${name}`, {
        description,
        unit,
      });
    const byState = gauge(
      'count',
      'Canaries that are kept, by state and by what the last look at an active one came to.',
    );
    const rows = gauge('history.rows', 'Rows of the histories of canaries.');
    const late = gauge(
      'engine.lateness.seconds',
      'How late the engine of this replica is with the canary that has waited longest.',
      's',
    );
    const held = gauge('engine.leases', 'Canaries that this replica works on.');
    const attending = gauge(
      'engine.attending',
      'Canaries that this replica looks at right now.',
    );
    // Each is asked for by itself; one look at the database serves all of them.
    const numbers = shared(() => this.#read(parts.canaries));
    byState.addCallback(async result => {
      for (const { state, verdict, count } of (await numbers())?.byState ??
        []) {
        result.observe(count, { state, verdict: verdict ?? 'none' });
      }
    });
    const observe = (
      one: typeof rows,
      valueOf: (numbers: CanaryNumbers) => number,
    ) =>
      one.addCallback(async result => {
        const present = await numbers();
        if (present) {
          result.observe(valueOf(present));
        }
      });
    observe(rows, ({ historyRows }) => historyRows);
    observe(late, ({ engine }) => engine.latestByMs / 1000);
    observe(held, ({ engine }) => engine.held);
    observe(attending, ({ engine }) => engine.attending);
  }

  #observeFacts(parts: MeasuredParts): void {
    const { metrics } = this.options;
    const entities = metrics.createObservableGauge('ai_mesh.facts.entities', {
      description: 'Entities in the mesh, by how fresh their facts are.',
    });
    const age = metrics.createObservableGauge('ai_mesh.facts.age.seconds', {
      description: 'How long ago the oldest facts were computed.',
      unit: 's',
    });
    const numbers = shared(() => this.#read(parts.facts));
    entities.addCallback(async result => {
      const { oldestSeconds: _, ...counts } = (await numbers()) ?? {};
      for (const [freshness, count] of Object.entries(counts)) {
        result.observe(count, { freshness });
      }
    });
    age.addCallback(async result => {
      const { oldestSeconds } = (await numbers()) ?? {};
      if (oldestSeconds !== undefined) {
        result.observe(oldestSeconds);
      }
    });
  }

  #observeTables(parts: MeasuredParts): void {
    const { metrics } = this.options;
    const rows = metrics.createObservableGauge('ai_mesh.table.rows', {
      description:
        "Rows of a cluster's table of traffic, which is kept while somebody looks at the fleet or a screen of an entity.",
    });
    const age = metrics.createObservableGauge('ai_mesh.table.age.seconds', {
      description: "How long ago a cluster's table of traffic was read.",
      unit: 's',
    });
    rows.addCallback(result => {
      for (const table of parts.tables()) {
        result.observe(table.rows, { cluster: table.cluster });
      }
    });
    age.addCallback(result => {
      for (const { cluster, ageSeconds } of parts.tables()) {
        result.observe(ageSeconds, { cluster });
      }
    });
  }

  #observeClusters(parts: MeasuredParts): void {
    const { metrics } = this.options;
    const objects = metrics.createObservableGauge('ai_mesh.cache.objects', {
      description: 'Objects of a cluster that are kept in memory.',
    });
    const age = metrics.createObservableGauge('ai_mesh.cache.age.seconds', {
      description:
        'How long a cluster has not been heard of, by the kind that was heard of longest ago.',
      unit: 's',
    });
    const unread = metrics.createObservableGauge('ai_mesh.cache.unread', {
      description: 'Kinds of objects of a cluster that cannot be read.',
    });
    const answers = metrics.createObservableGauge('ai_mesh.answers.kept', {
      description: "Prometheus' answers that are kept in memory.",
    });
    const size = metrics.createObservableGauge('ai_mesh.answers.size', {
      description:
        "Rows and points of Prometheus' answers that are kept in memory.",
    });
    const numbers = shared(() => this.#read(parts.clusters));
    for (const [gauge, field] of [
      [answers, 'answers'],
      [size, 'size'],
    ] as const) {
      gauge.addCallback(async result => {
        for (const { cluster, answers: kept } of (await numbers()) ?? []) {
          for (const [kind, one] of Object.entries(kept ?? {})) {
            result.observe(one[field], { cluster, kind });
          }
        }
      });
    }
    objects.addCallback(async result => {
      for (const { cluster, objects: counts } of (await numbers()) ?? []) {
        for (const [kind, count] of Object.entries(counts)) {
          result.observe(count, { cluster, kind });
        }
      }
    });
    age.addCallback(async result => {
      for (const { cluster, ageSeconds } of (await numbers()) ?? []) {
        if (ageSeconds !== undefined) {
          result.observe(ageSeconds, { cluster });
        }
      }
    });
    unread.addCallback(async result => {
      for (const { cluster, unreadKinds } of (await numbers()) ?? []) {
        if (unreadKinds !== undefined) {
          result.observe(unreadKinds, { cluster });
        }
      }
    });
  }

  /** What cannot be read has no value then, which is what absent() in an alert is for. */
  async #read<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      this.options.logger.debug(`Metrics could not be collected: ${error}`);
      return undefined;
    }
  }
}

/** The same answer for all who ask within a second. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!kept || now - kept.at > 1000) {
      kept = { at: now, answer: read() };
    }
    return kept.answer;
  };
}
