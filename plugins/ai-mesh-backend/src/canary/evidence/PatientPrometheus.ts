import type {
  InstantResult,
  PrometheusClient,
  QueryOptions,
} from '../../prometheus/PrometheusClient';
import { SourceError } from '../../target/SourceError';

/** A failure that took longer than this keeps others waiting. */
const SLOW_MS = 2000;
/** How long it is left alone then. */
const REST_MS = 5000;

/**
 * Lets one question at a time find out whether a Prometheus that was slow to fail answers again, and fails all others at
 * once: a thousand canaries that each wait for a time-out would keep those of healthy clusters, and people's
 * roll-backs, waiting as well.
 */
export class PatientPrometheus implements PrometheusClient {
  readonly #behind: PrometheusClient;
  readonly series?: string;
  /** By the process's own clock, which never jumps. */
  readonly #nowMs: () => number;
  #trouble: { error: SourceError; untilMs: number } | undefined;

  constructor(behind: PrometheusClient, nowMs = () => performance.now()) {
    this.#behind = behind;
    this.series = behind.series;
    this.#nowMs = nowMs;
  }

  async query(promql: string, options?: QueryOptions): Promise<InstantResult> {
    const startedMs = this.#nowMs();
    const trouble = this.#trouble;
    if (trouble && startedMs < trouble.untilMs) {
      throw trouble.error;
    }
    if (trouble) {
      // This one finds out; whoever comes meanwhile is told what the last one was.
      trouble.untilMs = Infinity;
    }
    try {
      const answer = await this.#behind.query(promql, options);
      this.#trouble = undefined;
      return answer;
    } catch (error) {
      const endedMs = this.#nowMs();
      const isSlow =
        error instanceof SourceError && endedMs - startedMs > SLOW_MS;
      if (isSlow) {
        this.#trouble = { error, untilMs: endedMs + REST_MS };
      } else if (trouble && this.#trouble === trouble) {
        // A quick failure keeps nobody waiting, and an aborted question has found out nothing.
        this.#trouble = undefined;
      }
      throw error;
    }
  }

  queryRange(
    ...args: Parameters<PrometheusClient['queryRange']>
  ): ReturnType<PrometheusClient['queryRange']> {
    return this.#behind.queryRange(...args);
  }
}
