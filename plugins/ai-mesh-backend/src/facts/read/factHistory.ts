import type { FactPoint } from '@ai-mesh/plugin-ai-mesh-common';
import type { FactHistory } from '../checks/scorecard';

/**
 * The states that changes lead from and to: each in full, which the changes before it and the day before those tell
 * together.
 */
export function factHistory(
  changes: readonly FactPoint[],
  days: FactHistory['days'],
): FactHistory {
  const first = changes.at(0)?.at.slice(0, 10);
  let values =
    days.findLast(({ day }) => first !== undefined && day < first)?.values ??
    {};
  const states = changes.map(change => {
    values = { ...values, ...change.values };
    return { at: change.at, values };
  });
  return { states, days };
}
