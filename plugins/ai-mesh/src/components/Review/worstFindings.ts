import type {
  FindingCounts,
  FindingSeverity,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../translation';
import { severities } from './SeverityMark';

/** The worst severity that is there; notes alone are nothing to mend. */
export function worstSeverity(
  counts: FindingCounts | undefined,
): Exclude<FindingSeverity, 'note'> | undefined {
  return severities.find(
    (severity): severity is Exclude<FindingSeverity, 'note'> =>
      severity !== 'note' && (counts?.[severity] ?? 0) > 0,
  );
}

/** `1 high, 4 medium`: what there is, worst first. */
export function countsInWords(counts: FindingCounts, t: Translate): string {
  return severities
    .filter(severity => counts[severity] > 0)
    .map(severity => t(`review.count.${severity}`, { count: counts[severity] }))
    .join(t('text.and'));
}
