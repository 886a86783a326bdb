import {
  budgetState,
  type ObjectiveStatus,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import { read, type Reading } from '../Figures';

/** What there is of an error budget, and of which period. */
export type Budget = Pick<
  ObjectiveStatus,
  'budgetLeft' | 'youngWithinSeconds'
> & { periodSeconds: number };

/** How much of an error budget is left; of a young one, of how much of its period anything is known. */
export function budgetReading(
  budget: Budget,
  { t, format }: { t: Translate; format: Format },
): Reading {
  const { budgetLeft, youngWithinSeconds, periodSeconds } = budget;
  return read(budgetLeft, t, left => ({
    value: left,
    text: words(left),
    exact: `${format.exact(left * 100)}%`,
  }));

  function words(left: number): string {
    if (budgetState(budget) === 'young') {
      return t('slos.youngBudget', {
        within: format.span(youngWithinSeconds!),
        period: format.span(periodSeconds),
      });
    }
    return left < 0
      ? t('slos.overspent', { percent: format.percent(-left) })
      : format.percent(left);
  }
}
