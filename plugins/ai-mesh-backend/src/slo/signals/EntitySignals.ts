import {
  unknown,
  type Measured,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import type { Reporter } from '../../telemetry';
import { ISTIO } from '../dialects/istioDialect';
import type { EntitySeries } from '../dialects/EntitySeries';
import type { DurationForm } from '../dialects/SeriesInventory';
import type { Signal } from './Signal';

/** A duration with the series that it is read from. */
export type DurationSignal = Exclude<DurationForm, { form: 'none' }> & {
  /** Of the form's metrics: buckets, native histograms or gauges. */
  source: Signal;
};

/** What can be asked about an entity's models, in the dialect and the forms that exist. */
export interface EntitySignals {
  dialect: MetricDialect;
  series: EntitySeries;
  requests: Signal;
  /** Undefined: no series of failures exist, which is no failure. */
  errors?: Signal;
  /** Failures that Istio saw, by workload: where the dialect counts none itself, or not all. */
  borrowedErrors?: Signal;
  errorsFrom: 'dialect' | 'istio' | 'both';
  /** Why failures cannot be told, of any model; without, that no series counts failures means that there are none. */
  errorsUntold?: Measured<never>;
  /** Models that share a workload, where errors are only known by workload. */
  sharingModels: ReadonlySet<string>;
  /** Who reported, the best first, where Istio's series are read. */
  reporters: readonly Reporter[];
  fallbacks?: Signal;
  inputTokens?: Signal;
  outputTokens?: Signal;
  /** Only where the dialect does not tell input from output. */
  totalTokens?: Signal;
  duration?: DurationSignal;
  timeToFirstToken?: DurationSignal;
  /** Gauges of the model server. */
  running?: Signal;
  waiting?: Signal;
  cacheUse?: Signal;
}

/** Why a model's failures cannot be told; undefined where they can. */
export function untoldErrors(
  signals: EntitySignals | undefined,
  model: string | undefined,
): Measured<never> | undefined {
  if (signals && model !== undefined && signals.sharingModels.has(model)) {
    return unknown('no-such-label', [
      wording('slo.sharedWorkload', { dialect: signals.dialect.name }),
    ]);
  }
  return signals?.errorsUntold;
}

/** Whether the requests are those that succeeded, and every failure is what Istio saw. */
export function countsSuccessesOnly({
  errorsFrom,
  dialect,
}: EntitySignals): boolean {
  return errorsFrom === 'istio' && dialect.name !== ISTIO;
}
