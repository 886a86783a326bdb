import type { Knex } from 'knex';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import type { CanaryStore } from '../store';

/** What one replica did in a while. */
export interface ReplicaFigures {
  seconds: number;
  /** Of one core, seconds. */
  cpuSeconds: number;
  databaseStatements: number;
  prometheusQueries: number;
  /** Times between two visits to one canary, milliseconds. */
  betweenVisitsMs: number[];
}

/** Counts what an engine asks of the world. */
export class ReplicaReport {
  readonly prometheus: PrometheusClient;
  readonly #lastVisit = new Map<string, number>();
  #since = performance.now();
  #cpu = process.cpuUsage();
  #statements = 0;
  #queries = 0;
  #betweenVisitsMs: number[] = [];

  constructor(knex: Knex, prometheus: PrometheusClient) {
    knex.on('query', () => {
      this.#statements += 1;
    });
    this.prometheus = {
      query: (promql, options) => {
        this.#queries += 1;
        return prometheus.query(promql, options);
      },
      queryRange: (promql, range, options) =>
        prometheus.queryRange(promql, range, options),
    };
  }

  /** A store that tells when a canary is visited: then it is read. */
  watched(store: CanaryStore): CanaryStore {
    return new Proxy(store, {
      get: (target, name: keyof CanaryStore) => {
        const method = target[name] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          if (name === 'get') {
            this.#visited(String(args[0]));
          }
          return method.apply(target, args);
        };
      },
    });
  }

  /** The figures since they were taken last. */
  take(): ReplicaFigures {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    const figures = {
      seconds: (now - this.#since) / 1000,
      cpuSeconds: (user + system) / 1e6,
      databaseStatements: this.#statements,
      prometheusQueries: this.#queries,
      betweenVisitsMs: this.#betweenVisitsMs.map(Math.round),
    };
    this.#since = now;
    this.#cpu = process.cpuUsage();
    this.#statements = 0;
    this.#queries = 0;
    this.#betweenVisitsMs = [];
    return figures;
  }

  #visited(id: string): void {
    const now = performance.now();
    const last = this.#lastVisit.get(id);
    if (last !== undefined) {
      this.#betweenVisitsMs.push(now - last);
    }
    this.#lastVisit.set(id, now);
  }
}
