import type {
  PrometheusClient,
  QueryOptions,
  RangeResult,
} from './PrometheusClient';

/** A cluster's Prometheus as it was at one moment: whoever asks it what is now learns what was then. */
export class PrometheusAt implements PrometheusClient {
  readonly extraLabels;
  readonly series;
  readonly asksAnew = true;
  readonly #client: PrometheusClient;
  readonly #at: Date;

  constructor(client: PrometheusClient, at: Date) {
    this.extraLabels = client.extraLabels;
    this.series = client.series;
    this.#client = client;
    this.#at = at;
  }

  query(promql: string, options?: QueryOptions) {
    return this.#client.query(promql, { ...options, at: this.#at });
  }

  /** A range has its own times. */
  queryRange(
    ...question: Parameters<PrometheusClient['queryRange']>
  ): Promise<RangeResult> {
    return this.#client.queryRange(...question);
  }
}
