import type { Objective } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';

/** The promise in one sentence: `99% answered within 30 sec, over 30 days`. */
export function describeObjective(
  { indicator, target, periodSeconds, period }: Objective,
  format: Format,
  t: Translate,
): string {
  const share = format.share(target);
  const over = t(`slos.period.${period}`, {
    period: format.span(periodSeconds),
  });
  switch (indicator.kind) {
    case 'latency':
      return t('slos.promise.latency', {
        share,
        threshold: format.duration(indicator.thresholdMs),
        over,
      });
    case 'availability':
      return t(
        indicator.fallbacksAreBad
          ? 'slos.promise.availabilityWithoutFallbacks'
          : 'slos.promise.availability',
        { share, over },
      );
    default:
      return t('slos.promise.custom', {
        share,
        what: indicator.description,
        over,
      });
  }
}
