import {
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { DurationSpec, MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import type { DurationSignal } from './EntitySignals';

/** Why a metric of the dialect has no series, with who would have to export it. */
export function noSeries(
  dialect: MetricDialect,
  metric: string,
): Measured<never> {
  return unknown('not-exported', [
    wording('slo.noSeries', { metric }, exporterOf(dialect)),
    ...unlessSilenced(dialect),
  ]);
}

/** The dialect has no metric for it, whoever exports. */
export function notInDialect({ name }: MetricDialect): Measured<never> {
  return unknown('not-exported', [
    wording('slo.notInDialect', { dialect: name }),
  ]);
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
  return unknown('not-exported', [
    wording(
      found?.form === 'quantiles' ? 'slo.onlyPercentiles' : 'slo.noHistogram',
      { metric: spec.metrics[0] },
      exporterOf(dialect),
    ),
    ...(spec.switchOn
      ? [wording('slo.switchOn', { line: spec.switchOn })]
      : []),
    ...unlessSilenced(dialect),
  ]);
}

function exporterOf({ exporter = 'application' }: MetricDialect) {
  return { exporter: `exporter.${exporter}` } as const;
}

function unlessSilenced({ silencedBy }: MetricDialect) {
  return silencedBy
    ? [wording('slo.unlessSilenced', { flag: silencedBy })]
    : [];
}
