import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { budgetOverTime, type Step } from './budgetOverTime';

const counts = (bad: number, total: number) => known({ bad, total });
const nothing = unknown('no-traffic');

/** One step a minute, oldest first. */
function steps(...each: Omit<Step, 'at'>[]): Step[] {
  return each.map((step, minute) => ({
    at: new Date(Date.UTC(2026, 10, 25, 12, minute)),
    ...step,
  }));
}

function lefts(answer: ReturnType<typeof budgetOverTime>) {
  return answer.status === 'known'
    ? answer.value.map(({ budgetLeft }) => budgetLeft)
    : answer.reason;
}

describe('the budget over time', () => {
  it('takes back step by step what came, and puts back what left the period', () => {
    const answer = budgetOverTime(
      counts(5, 1000),
      steps(
        { now: counts(0, 100), before: counts(0, 100) },
        { now: counts(5, 100), before: counts(0, 100) },
        { now: counts(0, 100), before: counts(3, 100) },
      ),
      0.99,
    );
    // Of 1,000 events 10 may fail: 8 have when the last step begins, 3 before the second.
    expect(lefts(answer)).toEqual([
      expect.closeTo(0.7),
      expect.closeTo(0.2),
      expect.closeTo(0.5),
    ]);
  });

  it.each([
    ['the steps hold a little less than the period', 97],
    ['they hold a little more', 103],
    ['they hold much less, as those of a young series do', 80],
  ])('is a gap before the first data, although %s', (_, inTheLastStep) => {
    const answer = budgetOverTime(
      counts(3, 100),
      steps(
        { now: nothing, before: nothing },
        { now: nothing, before: nothing },
        { now: counts(0, inTheLastStep), before: nothing },
      ),
      0.99,
    );
    expect(lefts(answer)).toEqual([null, null, expect.closeTo(-2)]);
  });

  it('is no gap where the chart begins in a silence after much that happened', () => {
    const answer = budgetOverTime(
      counts(3, 100),
      steps(
        { now: nothing, before: nothing },
        { now: counts(0, 70), before: nothing },
      ),
      0.9,
    );
    expect(lefts(answer)).toEqual([expect.closeTo(0), expect.closeTo(0.7)]);
  });

  it('is a gap before a calendar period begins, and counts its first events', () => {
    const [first, second] = steps(
      { now: counts(0, 1), before: undefined },
      { now: counts(0, 999), before: undefined },
    );
    const at = (step: Step) =>
      budgetOverTime(counts(0, 1000), [first, second], 0.99, step.at);
    expect(lefts(at(first))).toEqual([1, 1]);
    expect(lefts(at(second))).toEqual([null, 1]);
  });

  it('is unknown where a step is, for any reason but silence', () => {
    const answer = budgetOverTime(
      counts(0, 100),
      steps({ now: counts(0, 1) }, { now: unknown('source-unreachable') }),
      0.99,
    );
    expect(lefts(answer)).toBe('source-unreachable');
  });
});
