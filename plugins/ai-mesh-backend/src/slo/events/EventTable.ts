import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { istioLabels, type RateRow } from '../../telemetry';
import { modelIdentity } from '../dialects/modelIdentity';
import type { EntitySignals } from '../signals/EntitySignals';
import { SIGNAL_LABEL } from '../signals/Signal';
import { signalOf, windowedSignal } from './eventQueries';

/** Finds the model that a row is about; undefined where no model can be told. */
export type ModelOfRow = (row: RateRow) => string | undefined;

/**
 * How rows name their model. Errors that are borrowed from Istio carry a workload and no model: they are the
 * workload's model's, where it has only one.
 *
 * @param modelOfWorkload - undefined where the workload runs none or several
 */
export function modelOfRow(
  signals: EntitySignals | undefined,
  modelOfWorkload: (workload: string) => string | undefined,
): ModelOfRow {
  // A series has its labels once and a row a step: a chart asks for each of them sixty times.
  const models = new WeakMap<object, string | undefined>();
  const find = ({ labels }: RateRow) => {
    if (!signals) {
      return undefined;
    }
    return labels[SIGNAL_LABEL]?.endsWith('|borrowedErrors')
      ? modelOfWorkload(labels[istioLabels.destinationWorkload] ?? '')
      : modelIdentity(signals.dialect, labels).model;
  };
  return row => {
    const { labels } = row;
    if (!models.has(labels)) {
      models.set(labels, find(row));
    }
    return models.get(labels);
  };
}

/** Counts by what was counted, window and model. */
export class EventTable {
  readonly #counts = new Map<string, number>();
  readonly #failures = new Map<number, Measured<never>>();

  readonly #seen: Set<string>;

  /**
   * @param modelOf - not asked for counts of the service as a whole
   * @param seen - signals that are known to have series, beside those that are added
   */
  constructor(
    private readonly modelOf: ModelOfRow,
    seen: Iterable<string> = [],
  ) {
    this.#seen = new Set(seen);
  }

  /** Adds the answer to a question about some windows, or why there is none. */
  add(windows: readonly number[], rows: Measured<readonly RateRow[]>): this {
    if (rows.status === 'unknown') {
      windows.forEach(window => this.#failures.set(window, rows));
      return this;
    }
    for (const row of rows.value) {
      const signal = row.labels[SIGNAL_LABEL] ?? '';
      this.#seen.add(signalOf(signal));
      const model = signal.includes('|custom ') ? undefined : this.modelOf(row);
      const bound = row.labels.le
        ? Number(row.labels.le.replace('+Inf', 'Infinity'))
        : undefined;
      const key = keyOf(signal, model, bound);
      // An answer that is no number counts nothing.
      if (Number.isFinite(row.rate)) {
        this.#counts.set(
          key,
          (this.#counts.get(key) ?? 0) + Math.max(0, row.rate),
        );
      }
    }
    return this;
  }

  /** Whether the signal has series at all, in whichever window: without, its selector matches nothing. */
  hasSeries(signal: string): boolean {
    return this.#seen.has(signal);
  }

  /** A count; undefined where no series says. */
  count(
    signal: string,
    windowSeconds: number,
    model: string | undefined,
    bound?: number,
  ): Measured<number | undefined> {
    return (
      this.#failures.get(windowSeconds) ??
      known(
        this.#counts.get(
          keyOf(windowedSignal(signal, windowSeconds), model, bound),
        ),
      )
    );
  }
}

/** No label's value that Prometheus takes holds a zero byte. */
function keyOf(signal: string, model: string | undefined, bound?: number) {
  return `${signal}\0${model === undefined ? '' : `=${model}`}\0${bound ?? ''}`;
}
