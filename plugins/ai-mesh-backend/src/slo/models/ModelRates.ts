import {
  known,
  unknown,
  type Measured,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { istioLabels, WORKLOAD_LABEL, type RateRow } from '../../telemetry';
import { modelIdentity } from '../dialects/modelIdentity';
import { untoldErrors, type EntitySignals } from '../signals/EntitySignals';
import { noSeries, notInDialect } from '../signals/notExported';
import { SIGNAL_LABEL } from '../signals/Signal';
import { LOAD_SIGNALS, type RATE_SIGNALS } from './rateQueries';

type RateSignal = (typeof RATE_SIGNALS)[number];
type LoadSignal = keyof typeof LOAD_SIGNALS;

/** What one row says: a rate or a load of a signal, of a model on a workload. */
interface Entry {
  signal: RateSignal | LoadSignal;
  model: string | undefined;
  workload: string | undefined;
  answeredBy?: string;
  provider?: string;
  rate: number;
}

/** Present rates by model, from the answer to the question about them. */
export class ModelRates {
  readonly #entries: readonly Entry[];
  readonly #failure: Measured<never> | undefined;

  /** @param modelOfWorkload - for errors that are borrowed from Istio, which name a workload */
  constructor(
    private readonly signals: EntitySignals,
    rows: Measured<readonly RateRow[]>,
    modelOfWorkload: (workload: string) => string | undefined,
  ) {
    this.#failure = rows.status === 'unknown' ? rows : undefined;
    this.#entries =
      rows.status === 'unknown'
        ? []
        : rows.value
            .filter(({ rate }) => Number.isFinite(rate) && rate >= 0)
            .map(({ labels, rate }) => {
              const signal = labels[SIGNAL_LABEL] as Entry['signal'];
              const workload =
                labels[WORKLOAD_LABEL] ||
                labels[istioLabels.destinationWorkload] ||
                undefined;
              const identity = modelIdentity(signals.dialect, labels);
              return {
                signal,
                workload,
                rate,
                ...identity,
                model:
                  signal === 'borrowedErrors'
                    ? modelOfWorkload(workload ?? '')
                    : identity.model,
              };
            });
  }

  models(): string[] {
    return [
      ...new Set(
        this.#entries.flatMap(({ signal, model }) =>
          signal === 'requests' && model !== undefined ? model : [],
        ),
      ),
    ];
  }

  /** Names that the provider answered by. */
  answeredBy(model: string): string[] {
    return this.#distinct(model, ({ answeredBy }) => answeredBy);
  }

  provider(model: string): string | undefined {
    return this.#distinct(model, ({ provider }) => provider)[0];
  }

  workloads(model: string): string[] {
    return this.#distinct(model, ({ workload }) => workload);
  }

  /** Per second; undefined where no series says. */
  rate(
    signal: RateSignal,
    model: string,
    workload?: string,
  ): Measured<number | undefined> {
    if (this.#failure) {
      return this.#failure;
    }
    const found = this.#entries.filter(
      entry =>
        entry.signal === signal &&
        entry.model === model &&
        (workload === undefined || entry.workload === workload),
    );
    return known(
      found.length > 0
        ? found.reduce((sum, { rate }) => sum + rate, 0)
        : undefined,
    );
  }

  /** A rate that the dialect may not have at all. */
  measured(
    signal: RateSignal,
    model: string,
    workload?: string,
  ): Measured<number> {
    const rate = this.rate(signal, model, workload);
    if (rate.status === 'unknown') {
      return rate;
    }
    return rate.value === undefined ? this.#lacks(signal) : known(rate.value);
  }

  #lacks(signal: RateSignal | LoadSignal): Measured<never> {
    const { dialect, [signal]: read } = this.signals;
    return read
      ? noSeries(dialect, read.series[0].metric)
      : notInDialect(dialect);
  }

  /** A gauge of the model's servers; undefined where the dialect has none. */
  load(signal: LoadSignal, model: string): Measured<number> | undefined {
    if (this.#failure || !this.signals[signal]) {
      return this.#failure;
    }
    const values = this.#entries
      .filter(entry => entry.signal === signal && entry.model === model)
      .map(({ rate }) => rate);
    if (values.length === 0) {
      return this.#lacks(signal);
    }
    return known(LOAD_SIGNALS[signal].ofWorkloads(values));
  }

  /** Errors over all requests; no series of errors is no error. */
  errorRatio(model: string): Measured<number> {
    const requests = this.rate('requests', model);
    const errors = this.rate('errors', model);
    const borrowed = this.rate('borrowedErrors', model);
    if (requests.status === 'unknown') {
      return requests;
    }
    if (errors.status === 'unknown') {
      return errors;
    }
    if (borrowed.status === 'unknown') {
      return borrowed;
    }
    const untold = untoldErrors(this.signals, model);
    if (untold) {
      return untold;
    }
    const failed = Math.max(errors.value ?? 0, borrowed.value ?? 0);
    const all = (requests.value ?? 0) + failed - (errors.value ?? 0);
    if (!(all > 0)) {
      return failed > 0
        ? known(1)
        : unknown('no-traffic', [wording('slo.noRequests')]);
    }
    return known(Math.min(1, failed / all));
  }

  #distinct(model: string, of: (entry: Entry) => string | undefined): string[] {
    return [
      ...new Set(
        this.#entries.flatMap(entry =>
          entry.model === model ? (of(entry) ?? []) : [],
        ),
      ),
    ].sort();
  }
}
