import { unknown, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { DurationSpec, MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import type { DurationSignal } from './EntitySignals';

/** Why a metric of the dialect has no series, with who would have to export it. */
export function noSeries(
  dialect: MetricDialect,
  metric: string,
): Measured<never> {
  return unknown(
    'not-exported',
    `There are no series of ${metric} for the model: ${exporterOf(dialect)} would have to export them.`,
  );
}

/** The dialect has no metric for it, whoever exports. */
export function notInDialect({ name }: MetricDialect): Measured<never> {
  return unknown('not-exported', `The dialect ${name} does not have it.`);
}

/**
 * Why quick answers cannot be told from slow ones, or no percentile be had, with who would have to export what, and how that
 * is switched on.
 *
 * @param spec - the dialect's duration that is asked for
 * @param found - the percentiles that there are in place of a histogram
 */
export function noHistogram(
  dialect: MetricDialect,
  spec: DurationSpec | undefined,
  found?: DurationSignal,
): Measured<never> {
  if (!spec) {
    return notInDialect(dialect);
  }
  const how = spec.switchOn ? ` (${spec.switchOn})` : '';
  const [metric] = spec.metrics;
  return unknown(
    'not-exported',
    found?.form === 'quantiles'
      ? `Only percentiles of single processes are exported, and how many answers were quick cannot be told from them: ${exporterOf(dialect)} would have to export ${metric} as a histogram${how}.`
      : `There is no histogram and no percentile: ${exporterOf(dialect)} would have to export ${metric}${how}.`,
  );
}

function exporterOf({ exporter = 'the application' }: MetricDialect): string {
  return exporter;
}
