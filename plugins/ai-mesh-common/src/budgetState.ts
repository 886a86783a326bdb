import type { ObjectiveStatus } from './api';

/**
 * What an error budget says of its objective.
 *
 * - `left`, `spent`: something of it is left, or nothing
 * - `young`: its events are from so little of the period that neither can be said
 * - `unknown`: it could not be had
 *
 * @public
 */
export type BudgetState = 'left' | 'spent' | 'young' | 'unknown';

/** How every screen, fact, check and event judges an error budget. @public */
export function budgetState({
  budgetLeft,
  youngWithinSeconds,
}: Pick<ObjectiveStatus, 'budgetLeft' | 'youngWithinSeconds'>): BudgetState {
  if (budgetLeft.status === 'unknown') {
    return 'unknown';
  }
  if (youngWithinSeconds !== undefined) {
    return 'young';
  }
  return budgetLeft.value > 0 ? 'left' : 'spent';
}
