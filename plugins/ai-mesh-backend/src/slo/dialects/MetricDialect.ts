/**
 * A counter, under every name that exporters are known to give it. `where` keeps some of its series: each label must
 * have one of the values.
 */
export interface CounterSpec {
  metrics: readonly string[];
  where?: Readonly<Record<string, readonly string[]>>;
}

/** A classic histogram by its base names (without `_bucket`), or gauges that one process computed by itself. */
export interface DurationSpec {
  kind: 'histogram' | 'quantile-gauge';
  metrics: readonly string[];
  /** Milliseconds of the metric's unit: 1000 for seconds. */
  unitMs: number;
}

/** How a dialect tells failed requests. */
export type ErrorSpec =
  /** Series of the request counter (or another one) with an error in a label. */
  | {
      kind: 'label';
      counter: CounterSpec;
      label: string;
      ok: readonly string[];
    }
  /** A counter of failures of its own. */
  | { kind: 'counter'; counter: CounterSpec }
  /** The dialect counts no failures: what Istio saw stands in. */
  | { kind: 'istio' };

/**
 * How an AI workload writes its metrics. A dialect is data, so that one more is configuration, not code.
 * Where an exporter's names vary, all are listed; only those that exist have series.
 */
export interface MetricDialect {
  name: string;
  /** Labels that name the model, best first. */
  modelLabels: readonly string[];
  providerLabels: readonly string[];
  requests: CounterSpec;
  errors: ErrorSpec;
  /** Best first; the first that has series is used. */
  durations: readonly DurationSpec[];
  tokens?: { input?: CounterSpec; output?: CounterSpec; total?: CounterSpec };
  timeToFirstToken?: DurationSpec;
}
