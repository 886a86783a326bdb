import type {
  PrometheusClient,
  QueryOptions,
} from '../../prometheus/PrometheusClient';

/** Says of each question how long its answer took, and how many answers had to be waited for before it was asked. */
export class TimedPrometheus implements PrometheusClient {
  readonly extraLabels;
  readonly series;
  readonly asksAnew;
  readonly questions: { ms: number; round: number }[] = [];
  /** Milliseconds in which at least one question was open. */
  waitedMs = 0;
  #open = 0;
  #openSince = 0;
  #answered = 0;

  constructor(private readonly client: PrometheusClient) {
    this.extraLabels = client.extraLabels;
    this.series = client.series;
    this.asksAnew = client.asksAnew;
  }

  query(promql: string, options?: QueryOptions) {
    return this.#timed(() => this.client.query(promql, options));
  }

  queryRange(...question: Parameters<PrometheusClient['queryRange']>) {
    return this.#timed(() => this.client.queryRange(...question));
  }

  async #timed<T>(ask: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const round = this.#answered + 1;
    if (this.#open === 0) {
      this.#openSince = started;
    }
    this.#open += 1;
    try {
      return await ask();
    } finally {
      const ended = performance.now();
      this.#open -= 1;
      if (this.#open === 0) {
        this.waitedMs += ended - this.#openSince;
        // Whatever is asked from now on had to wait for all of these.
        this.#answered = round;
      }
      this.questions.push({ ms: ended - started, round });
    }
  }
}
