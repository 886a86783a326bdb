import type { DurationSpec, MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import {
  istioLabels,
  lacksReporter,
  reporterOf,
  REPORTERS,
  reportingClusters,
  WORKLOAD_LABEL,
  type RateRow,
  type Reporter,
} from '../../telemetry';
import { ISTIO, istioDialect } from './istioDialect';
import { modelIdentity, type ModelIdentity } from './modelIdentity';
import { partOfHistogram } from './partOfHistogram';
import { INVENTORY_LABEL, PRESENT } from './inventoryQuery';
import { versionNamer, type VersionName } from './versionNames';

/** In which form a duration is exported. */
export type DurationForm =
  | { form: 'classic'; metrics: string[]; bounds: number[]; unitMs: number }
  | { form: 'native'; metrics: string[]; unitMs: number }
  /** Percentiles that each process computed by itself. */
  | {
      form: 'quantiles';
      metrics: string[];
      quantiles: number[];
      unitMs: number;
    }
  | { form: 'none' };

/** A model as the last 24 h have seen it. */
export interface SeenModel extends ModelIdentity {
  workload?: string;
  /** Unix seconds. */
  lastSeen: number;
}

/** Which of the entity's series exist, from the answer to the inventory's question. */
export class SeriesInventory {
  readonly #present: readonly RateRow[];
  readonly #rows: readonly RateRow[];

  /** @param versionNames - what Istio's series name otherwise than everybody else */
  constructor(
    rows: readonly RateRow[],
    versionNames: readonly VersionName[] = [],
  ) {
    const named = versionNamer(versionNames);
    this.#rows = rows.map(row =>
      row.labels[INVENTORY_LABEL] === ISTIO
        ? { ...row, labels: named(row.labels) }
        : row,
    );
    // What has no name is an answer that was garbled on its way: it says nothing of any metric.
    this.#present = this.#part(PRESENT).filter(({ labels }) => labels.__name__);
  }

  /** The names of all series that exist now. */
  names(): Set<string> {
    return new Set(this.#present.map(({ labels }) => labels.__name__));
  }

  /** Whether the dialect's requests are counted now, or were in the last 24 h. */
  has(dialect: MetricDialect): boolean {
    const { requests, requiredLabel } = dialect;
    return (
      this.#seen(dialect).length > 0 ||
      this.#present.some(
        ({ labels }) =>
          withWholes(requests.metrics).includes(labels.__name__) &&
          (!requiredLabel || Boolean(labels[requiredLabel])),
      )
    );
  }

  /** Those of the metrics that have series now. */
  existing(metrics: readonly string[]): string[] {
    const names = this.names();
    return metrics.filter(metric => names.has(metric));
  }

  /** Where a counter is read: native histograms have no series of their count and sum. */
  counter(metric: string): { metric: string; native?: 'count' | 'sum' } {
    const part = partOfHistogram(metric);
    return part &&
      this.existing([metric]).length === 0 &&
      this.#natives([part.metric]).length > 0
      ? part
      : { metric };
  }

  /** Whether any series of the metrics has a label that the inventory asked for. */
  hasLabel(metrics: readonly string[], label: string): boolean {
    return this.#present.some(
      ({ labels }) =>
        metrics.includes(labels.__name__) && Boolean(labels[label]),
    );
  }

  models(dialect: MetricDialect): SeenModel[] {
    return this.#seen(dialect).map(({ labels, rate }) => ({
      ...modelIdentity(dialect, labels),
      workload:
        labels[WORKLOAD_LABEL] ||
        labels[istioLabels.destinationWorkload] ||
        undefined,
      lastSeen: rate,
    }));
  }

  /** Histograms before percentiles of single processes, which cannot be added up. */
  durationForm(spec: DurationSpec | undefined): DurationForm {
    if (!spec) {
      return { form: 'none' };
    }
    const { unitMs } = spec;
    const classic = spec.metrics.filter(
      metric => this.existing([`${metric}_bucket`]).length > 0,
    );
    if (classic.length > 0) {
      return {
        form: 'classic',
        metrics: classic,
        bounds: this.#bounds(classic),
        unitMs,
      };
    }
    const native = this.#natives(spec.metrics);
    if (native.length > 0) {
      return { form: 'native', metrics: native, unitMs };
    }
    const rows = this.#rowsOf(spec.metrics);
    return rows.length > 0
      ? {
          form: 'quantiles',
          metrics: namesOf(rows),
          quantiles: [...new Set(rows.map(row => Number(row.labels.quantile)))]
            .filter(Number.isFinite)
            .sort((a, b) => a - b),
          unitMs,
        }
      : { form: 'none' };
  }

  /** Who reports requests to the entity's services, the best first. */
  reporters(): Reporter[] {
    const present = new Set(this.#present.map(reporterOf));
    return REPORTERS.filter(one => present.has(one));
  }

  /** Whether Istio's series name no reporter, as where `tagOverrides` drops the label. */
  lacksReporter(): boolean {
    return lacksReporter(this.#rowsOf(istioDialect.requests.metrics));
  }

  /** Istio's names of the clusters whose proxies report; none where their metrics do not name them. */
  reportingClusters(): string[] {
    return reportingClusters(this.#present);
  }

  /** Those of the metrics that are native histograms: bare names, of no percentile. */
  #natives(metrics: readonly string[]): string[] {
    return namesOf(
      this.#rowsOf(metrics).filter(({ labels }) => !labels.quantile),
    );
  }

  #rowsOf(metrics: readonly string[]): RateRow[] {
    return this.#present.filter(({ labels }) =>
      metrics.includes(labels.__name__),
    );
  }

  #seen({ name, requiredLabel }: MetricDialect): RateRow[] {
    return this.#part(name).filter(
      ({ labels }) => !requiredLabel || Boolean(labels[requiredLabel]),
    );
  }

  #part(name: string): RateRow[] {
    return this.#rows.filter(({ labels }) => labels[INVENTORY_LABEL] === name);
  }

  /** Finite bounds that all of the histograms have, in the metric's own unit: what one lacks is not known of the sum. */
  #bounds(metrics: readonly string[]): number[] {
    const names = new Set(metrics.map(metric => `${metric}_bucket`));
    const series = new Map<number, number>();
    for (const { labels, rate } of this.#present) {
      if (names.has(labels.__name__) && labels.le) {
        const bound = Number(labels.le.replace('+Inf', 'Infinity'));
        series.set(bound, (series.get(bound) ?? 0) + rate);
      }
    }
    const all = series.get(Infinity);
    return [...series]
      .filter(([, count]) => all === undefined || count >= all)
      .map(([bound]) => bound)
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
  }
}

function namesOf(rows: readonly RateRow[]): string[] {
  return [...new Set(rows.map(({ labels }) => labels.__name__))];
}

/** Metrics, with the native histograms that they may be a number of. */
function withWholes(metrics: readonly string[]): string[] {
  return metrics.flatMap(metric => [
    metric,
    partOfHistogram(metric)?.metric ?? metric,
  ]);
}
