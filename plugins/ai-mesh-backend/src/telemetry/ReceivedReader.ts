import {
  allSaid,
  said,
  unknown,
  wording,
  type Measured,
  type QueryTrace,
  type Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import { addTo } from '../kubernetes/addTo';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { MeshCluster } from '../target/MeshClusters';
import {
  lacksReporter,
  NO_REPORTER,
  reporterOf,
  REPORTERS,
} from './chooseReporters';
import { ClusterNames } from './ClusterNames';
import { ClusterTelemetry } from './ClusterTelemetry';
import { LACKED_LABEL } from './droppedLabels';
import { mixedClusters } from './mixedClusters';
import { notRelayed } from './notRelayed';
import { receivedIn, reportersQuery } from './receivedQueries';
import { reportingClusters } from './reportingCluster';
import { reportsIn } from './reportsIn';

/** After so many questions in a row that failed no more are asked. */
const MOST_FAILED = 3;
/** Answers are for the table of all, so none of them is kept for anybody. */
export const NOT_KEPT = { keepForMs: 0 };

type Seen = Parameters<typeof reportsIn>[1];

/** Answers to what was asked, each with why there is none. */
type Answers = Record<string, Measured<unknown>>;

/** What is asked about some namespaces. */
export interface ReceivedQuestions<A> {
  ask(
    telemetry: ClusterTelemetry,
    reports: ReturnType<typeof reportsIn>,
  ): Promise<A>;
  /** The same, where nothing is asked. */
  unasked(why: Measured<never>): A;
}

/** Asks one cluster's Prometheus what its Services receive, some namespaces at a time, and remembers how that went. */
export class ReceivedReader<A extends Answers> {
  readonly answers: (A & { namespaces: readonly string[] })[] = [];
  readonly #cluster: MeshCluster;
  readonly #configured: readonly MeshCluster[];
  readonly #snapshot: MeshSnapshot;
  readonly #questions: ReceivedQuestions<A>;
  readonly #mostSeries: number;
  readonly #asked: ClusterTelemetry[] = [];
  /** How many questions in a row failed, and why the last of them did. */
  #failed: { times: number; why?: Measured<never> } = { times: 0 };

  /** @param options - `configured`: every cluster; `mostSeries`: of one answer */
  constructor(options: {
    cluster: MeshCluster;
    configured: readonly MeshCluster[];
    snapshot: MeshSnapshot;
    questions: ReceivedQuestions<A>;
    mostSeries: number;
  }) {
    this.#cluster = options.cluster;
    this.#configured = options.configured;
    this.#snapshot = options.snapshot;
    this.#questions = options.questions;
    this.#mostSeries = options.mostSeries;
  }

  /**
   * Never rejects for a source that fails.
   *
   * @param parts - namespaces that are asked about together, and one by one where that fails
   * @param onAnswer - is awaited after each
   */
  async read(
    parts: readonly (readonly string[])[],
    onAnswer: () => Promise<void>,
  ): Promise<void> {
    const seen = await this.#whoReports();
    for (const part of parts) {
      const isDone = await this.#ask(part, seen);
      if (!isDone && part.length > 1) {
        this.answers.pop();
        for (const namespace of part) {
          await this.#ask([namespace], seen);
        }
      }
      await onAnswer();
    }
  }

  /** How asking went so far; as old as the oldest answer. */
  get source(): Source {
    const all = this.#asked.map(({ source }) => source);
    const [first] = all;
    const observedAt = all.flatMap(one => one.observedAt ?? []).sort()[0];
    const statuses = new Set(all.map(({ status }) => status));
    return {
      ...first,
      status: statuses.size > 1 ? 'partial' : first.status,
      ...(observedAt !== undefined && { observedAt }),
      ...allSaid(...all),
    };
  }

  /** Of each kind one, which says how many there are like it: those are as many as the mesh is large. */
  get queries(): readonly QueryTrace[] {
    const kinds = new Map<QueryTrace['id'], QueryTrace[]>();
    for (const query of this.#asked.flatMap(({ queries }) => [...queries])) {
      addTo(kinds, query.id, query);
    }
    return [...kinds.values()].map(alike => ({
      ...alike[0],
      warnings: [...new Set(alike.flatMap(({ warnings }) => warnings))],
      ...(alike.length > 1 && { alike: alike.length }),
    }));
  }

  async #whoReports(): Promise<Measured<Seen>> {
    const telemetry = this.#telemetry();
    const rows = await telemetry.rates('mesh-size', reportersQuery(), NOT_KEPT);
    if (rows.status === 'unknown') {
      return rows;
    }
    const lacking = rows.value.find(({ labels }) => LACKED_LABEL in labels);
    const told = rows.value.filter(({ labels }) => !(LACKED_LABEL in labels));
    if (lacksReporter(told)) {
      return unknown('no-such-label', NO_REPORTER);
    }
    const present = new Set(told.map(reporterOf));
    const reporters = REPORTERS.filter(one => present.has(one));
    if (lacking && reporters.length > 1) {
      const label = lacking.labels[LACKED_LABEL];
      telemetry.remark(said(wording('source.untoldCallers', { label })));
    }
    const names = new ClusterNames(this.#cluster, this.#configured);
    names.see(told);
    telemetry.remark(mixedClusters(this.#cluster, this.#configured, names));
    return {
      status: 'known',
      value: {
        reporting: reportingClusters(told),
        reporters,
        istioCluster: this.#cluster.istioCluster ?? this.#cluster.name,
      },
    };
  }

  /** @returns whether there is no use in asking about less at once */
  async #ask(
    namespaces: readonly string[],
    seen: Measured<Seen>,
  ): Promise<boolean> {
    if (seen.status === 'unknown') {
      this.answers.push({ ...this.#questions.unasked(seen), namespaces });
      return true;
    }
    const { times, why } = this.#failed;
    if (why && times >= MOST_FAILED) {
      this.answers.push({ ...this.#questions.unasked(why), namespaces });
      return true;
    }
    const answers = await this.#questions.ask(
      this.#telemetry(),
      reportsIn(receivedIn(namespaces, notRelayed(this.#snapshot)), seen.value),
    );
    this.answers.push({ ...answers, namespaces });
    const failed = Object.values<Measured<unknown>>(answers).find(
      one => one.status === 'unknown',
    );
    this.#failed =
      failed?.status === 'unknown'
        ? { times: times + 1, why: failed }
        : { times: 0 };
    return failed === undefined;
  }

  #telemetry(): ClusterTelemetry {
    const telemetry = new ClusterTelemetry(this.#cluster, {
      mostSeries: this.#mostSeries,
    });
    this.#asked.push(telemetry);
    return telemetry;
  }
}
