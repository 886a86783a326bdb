import { known, unknown, type ObjectiveStatus } from './api';
import { budgetState, type BudgetState } from './budgetState';

it.each<
  [string, ObjectiveStatus['budgetLeft'], number | undefined, BudgetState]
>([
  ['half of it', known(0.5), undefined, 'left'],
  ['all of it', known(1), undefined, 'left'],
  ['nothing', known(0), undefined, 'spent'],
  ['less than nothing', known(-10.8), undefined, 'spent'],
  ['less than nothing, of an hour', known(-10.8), 3600, 'young'],
  ['all of it, of an hour', known(1), 3600, 'young'],
  ['nobody knows how much', unknown('no-traffic'), undefined, 'unknown'],
])(
  'where %s is left it is judged',
  (_, budgetLeft, youngWithinSeconds, state) => {
    expect(budgetState({ budgetLeft, youngWithinSeconds })).toBe(state);
  },
);
