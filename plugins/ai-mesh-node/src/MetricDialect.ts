/**
 * A counter, under every name that exporters are known to give it; those that exist are added up. `where` keeps some
 * of its series: each label must have one of the values.
 *
 * @public
 */
export interface CounterSpec {
  metrics: readonly string[];
  where?: Readonly<Record<string, readonly string[]>>;
}

/**
 * A gauge, under every name that it is known to have had.
 *
 * @public
 */
export interface GaugeSpec {
  metrics: readonly string[];
}

/**
 * A duration by its base names (without `_bucket`). Whether it is a classic histogram, a native one or gauges with a
 * label `quantile` is seen from the series that exist.
 *
 * @public
 */
export interface DurationSpec {
  metrics: readonly string[];
  /** Milliseconds of the metric's unit: 1000 for seconds. */
  unitMs: number;
  /**
   * The same, where a spelling that {@link MetricDialect.anySpelling} finds names no unit; `unitMs` unless given. One
   * that names a unit is read in that.
   */
  unnamedUnitMs?: number;
  /** The setting that makes the exporter give it as a histogram, as it is written. Screens show it where there is none. */
  switchOn?: string;
}

/**
 * How a dialect tells failed requests.
 *
 * - `label`: series of a counter that have another value than these in a label; `''` is the label's absence. With
 *   `alsoIstio` requests that never reached the counter fail too: what Istio saw counts where it saw more failures
 * - `counter`: a counter of failures of its own
 * - `istio`: the dialect counts no failures, what Istio saw stands in
 *
 * @public
 */
export type ErrorSpec =
  | {
      kind: 'label';
      counter: CounterSpec;
      label: string;
      ok: readonly string[];
      alsoIstio?: boolean;
    }
  | { kind: 'counter'; counter: CounterSpec }
  | { kind: 'istio' };

/**
 * How an AI workload writes its metrics. A dialect is data, so that one more is configuration, not code.
 *
 * @public
 */
export interface MetricDialect {
  /** As screens and the annotation `ai-mesh.io/metrics` call it. */
  name: string;
  /** Who exports the metrics: the application unless said. */
  exporter?: 'application' | 'model-server' | 'gateway' | 'endpoint-picker';
  /** The exporter's flag that keeps it from exporting. */
  silencedBy?: string;
  /**
   * The metrics' names are so distinct that every spelling of them is one: behind a prefix (`kserve_vllm:`), with other
   * separators (`vllm_`, `gen_ai.client`), in another unit or with none, a counter without `_total`. Otherwise the names
   * are exact.
   */
  anySpelling?: boolean;
  /** Labels that name the model, the one that was asked for first. */
  modelLabels: readonly string[];
  /** The label that names the model that answered, where that may be another one. */
  answeredByLabel?: string;
  providerLabels: readonly string[];
  /** Only series with this label are of the dialect. */
  requiredLabel?: string;
  requests: CounterSpec;
  errors: ErrorSpec;
  /** Answers that the application gave in place of the model. */
  fallbacks?: CounterSpec;
  duration?: DurationSpec;
  /** Tokens; `total` where a dialect does not tell input from output. */
  tokens?: { input?: CounterSpec; output?: CounterSpec; total?: CounterSpec };
  timeToFirstToken?: DurationSpec;
  /** What a model server says of its own load: requests in work and waiting, and the share of its cache in use (0..1). */
  load?: { running?: GaugeSpec; waiting?: GaugeSpec; cacheUse?: GaugeSpec };
}
