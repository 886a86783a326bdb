/** One series' value at one moment. NaN and infinities are kept: what they mean is the reader's to say. */
export interface InstantSample {
  labels: Record<string, string>;
  value: number;
  /** Unix seconds. */
  timestamp: number;
}

/** One series' native histogram at one moment. */
export interface InstantHistogram {
  labels: Record<string, string>;
  count: number;
  /** What is above the lower and at most the upper bound; empty ones are left out. */
  buckets: { lower: number; upper: number; count: number }[];
}

export interface InstantResult {
  /** The PromQL as sent, with the cluster's extra labels. */
  promql: string;
  samples: InstantSample[];
  /** Series whose values are histograms, and no numbers. */
  histograms?: InstantHistogram[];
  /** What Prometheus warned of; a partial answer of Thanos shows here. */
  warnings: string[];
  /** What Prometheus 3 remarked that takes nothing from the answer. */
  infos?: string[];
  /** When Prometheus answered. */
  observedAt: Date;
}

export interface RangeSeries {
  labels: Record<string, string>;
  /** Unix seconds and value, oldest first. */
  values: [number, number][];
}

export interface RangeResult {
  promql: string;
  series: RangeSeries[];
  warnings: string[];
  infos?: string[];
  observedAt: Date;
}

export interface QueryOptions {
  signal?: AbortSignal;
  /** The moment that an instant query is about; now unless said. */
  at?: Date;
  /** Ask again, however young the cached answer is: for decisions, where a page can do with a few seconds less. */
  fresh?: boolean;
  /**
   * How long the answer may serve the same question, instead of the usual moment: for windows of days, which cost much
   * and change little; 0: not at all, where the asker keeps it. Without a cache it does nothing.
   */
  keepForMs?: number;
  /** What the answer may weigh, instead of 8 MB. */
  mostBytes?: number;
}

/**
 * One cluster's Prometheus (or Thanos, Mimir). Timeout, single-flight and a short cache are inside.
 * Every method throws `SourceError` when there is no usable answer.
 */
export interface PrometheusClient {
  /** Labels that every series of the cluster carries, and that every query asks for. */
  readonly extraLabels?: Readonly<Record<string, string>>;
  /** Which series it asks for: two clients with the same are answered alike. Absent: not known. */
  readonly series?: string;
  /** Whether who asks it is not to be told what everybody was told a moment ago: it is to ask anew, or of another moment. */
  readonly asksAnew?: boolean;
  /** Adds the cluster's extra labels to every selector that the query builder made. */
  query(promql: string, options?: QueryOptions): Promise<InstantResult>;
  queryRange(
    promql: string,
    range: { start: Date; end: Date; stepSeconds: number },
    options?: QueryOptions,
  ): Promise<RangeResult>;
}
