import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
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
  errorsFrom: 'dialect' | 'istio';
  /** Who reported, where Istio's series are read. */
  reporter?: string;
  fallbacks?: Signal;
  inputTokens?: Signal;
  outputTokens?: Signal;
  /** Only where the dialect does not tell input from output. */
  totalTokens?: Signal;
  duration?: DurationSignal;
  timeToFirstToken?: DurationSignal;
}
