import fc from 'fast-check';
import type {
  CheckRule,
  FactComparison as Comparison,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Check, CheckFilter } from './CheckRule';
import { outcomeOf } from './CheckRule';
import { contradictions } from './contradictions';

const levels = [
  { id: 'bronze', title: 'Bronze' },
  { id: 'gold', title: 'Gold' },
];

function check(
  id: string,
  rule: CheckRule,
  appliesTo: CheckFilter = {},
): Check {
  return {
    id,
    title: id,
    level: id === 'a' ? 'bronze' : 'gold',
    rule,
    appliesTo,
  };
}

const p99 = (
  comparison: Comparison['comparison'],
  bound: number,
): Comparison => ({ fact: 'latencyP99Seconds', comparison, bound });

const between = (
  one: CheckRule,
  other: CheckRule,
  of?: CheckFilter,
  alsoOf?: CheckFilter,
) =>
  contradictions({
    levels,
    checks: [check('a', one, of), check('b', other, alsoOf)],
  });

describe('contradictions', () => {
  it.each([
    [p99('below', 5), p99('above', 5), true],
    [p99('atMost', 5), p99('atLeast', 5), false],
    [p99('atMost', 5), p99('above', 5), true],
    [p99('equals', 4), p99('atMost', 5), false],
    [p99('equals', 4), p99('equals', 5), true],
    [{ allOf: [p99('below', 1)] }, { allOf: [p99('above', 2)] }, true],
    [{ anyOf: [p99('below', 1)] }, p99('above', 2), true],
    [{ anyOf: [p99('below', 1), p99('above', 3)] }, p99('above', 2), false],
  ] as [CheckRule, CheckRule, boolean][])(
    '%j and %j: %s',
    (one, other, contradict) => {
      expect(between(one, other)).toHaveLength(contradict ? 1 : 0);
    },
  );

  it('are none where no entity is concerned by both', () => {
    const [one, other] = [p99('below', 1), p99('above', 2)];
    expect(
      between(one, other, { types: ['service'] }, { types: ['website'] }),
    ).toEqual([]);
    expect(
      between(one, other, { tags: ['slow'] }, { tags: ['fast'] }),
    ).toHaveLength(1);
  });

  it('are found exactly where no number passes both', () => {
    const comparison = fc
      .record({
        comparison: fc.constantFrom(
          'equals' as const,
          'atLeast' as const,
          'above' as const,
          'atMost' as const,
          'below' as const,
        ),
        bound: fc.integer({ min: 0, max: 4 }),
      })
      .map(({ comparison: how, bound }) => p99(how, bound));
    fc.assert(
      fc.property(comparison, comparison, (one, other) => {
        const values = Array.from({ length: 60 }, (_, i) => i / 10 - 1);
        const possible = values.some(value =>
          [one, other].every(rule => outcomeOf(rule, () => value) === 'pass'),
        );
        expect(between(one, other).length === 0).toBe(possible);
      }),
    );
  });
});
