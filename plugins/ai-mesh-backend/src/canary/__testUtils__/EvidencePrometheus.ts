import type {
  InstantResult,
  PrometheusClient,
  QueryOptions,
  RangeResult,
} from '../../prometheus/PrometheusClient';
import { SourceError } from '../../target/SourceError';

/** `slow`: no answer until whoever asks gives up. */
export type PrometheusTrouble = 'away' | 'slow' | 'nan' | 'empty';

/** A Prometheus that knows a canary's gates alone, and says of them what the test wants. */
export class EvidencePrometheus implements PrometheusClient {
  trouble?: PrometheusTrouble;
  canaryErrorRatio = 0;
  /** Its p99. */
  canaryMs = 1000;
  requests = 1000;
  /** The stable version's requests as a multiple of the canary's. */
  stableTimes = 1;
  /** The stable version's before the start. */
  requestsPerSecond = 20;
  stableErrorRatio = 0;
  /** How long ago proxies were scraped last, seconds; absent: it does not say. */
  scrapedSecondsAgo?: number;
  /** Its clock. */
  now = () => new Date();
  /** How long a slow answer is waited for. */
  timeoutMs = 200;
  /** The last questions. */
  asked: string[] = [];

  async query(
    promql: string,
    { signal }: QueryOptions = {},
  ): Promise<InstantResult> {
    this.asked = [...this.asked.slice(-9), promql];
    if (this.trouble === 'slow') {
      await new Promise(resolve => setTimeout(resolve, this.timeoutMs));
      signal?.throwIfAborted();
      throw new SourceError('source-unreachable', 'Prometheus is too slow.');
    }
    if (this.trouble === 'away') {
      throw new SourceError('source-unreachable', 'Prometheus is away.');
    }
    return {
      promql,
      warnings: [],
      observedAt: new Date(),
      samples: [
        ...(this.trouble === 'empty' ? [] : this.#samples()),
        {
          labels: { canary_part: 'clock', canary_version: 'canary' },
          value: this.now().getTime() / 1000,
          timestamp: 0,
        },
        ...(this.scrapedSecondsAgo === undefined
          ? []
          : [
              {
                labels: { canary_part: 'newest', canary_version: 'stable' },
                value: this.now().getTime() / 1000 - this.scrapedSecondsAgo,
                timestamp: 0,
              },
            ]),
      ],
    };
  }

  async queryRange(
    promql: string,
    { start, end, stepSeconds }: Parameters<PrometheusClient['queryRange']>[1],
  ): Promise<RangeResult> {
    if (this.trouble === 'away') {
      throw new SourceError('source-unreachable', 'Prometheus is away.');
    }
    const requests = this.requestsPerSecond * stepSeconds;
    const part = (name: string, value: number) => {
      const values: [number, number][] = [];
      for (let at = +start / 1000; at <= +end / 1000; at += stepSeconds) {
        values.push([at, value]);
      }
      return { labels: { canary_part: name }, values };
    };
    return {
      promql,
      series: [
        part('all', requests),
        part('failed', requests * this.stableErrorRatio),
      ],
      warnings: [],
      observedAt: new Date(),
    };
  }

  #samples() {
    const row = (part: string, version: string, value: number, more = {}) => ({
      labels: {
        canary_part: part,
        canary_version: version,
        ...more,
      } as Record<string, string>,
      value: this.trouble === 'nan' ? NaN : value,
      timestamp: 0,
    });
    const requests = (
      part: string,
      version: string,
      errorRatio: number,
      times = 1,
    ) =>
      [
        ['200', 1 - errorRatio],
        ['503', errorRatio],
      ].map(([code, share]) =>
        row(part, version, this.requests * Number(share) * times, {
          reporter: 'source',
          request_protocol: 'http',
          response_code: code,
        }),
      );
    return [
      // In a window, or since the last question: as many either way.
      ...(['requests', 'counted'] as const).flatMap(part => [
        ...requests(part, 'canary', this.canaryErrorRatio),
        ...requests(part, 'stable', 0, this.stableTimes),
      ]),
      row('p99', 'canary', this.canaryMs),
      row('p99', 'stable', 1000),
      row('covered', 'canary', 1),
    ];
  }
}
