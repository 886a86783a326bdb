import { setValue, stepsOf } from '../../manifest';
import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { isAligned, requestRules, ruleOf } from '../subjectRules';

/** AIM304: weights of a VirtualService's rule that do not add up to 100. The Gateway API's are relative by design. */
export const weightSum: Analyzer = {
  codes: ['AIM304'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    for (const entry of requestRules(subject)) {
      const { rule, object } = entry;
      const weights = rule.destinations.map(({ weight }) => weight);
      const sum = weights.reduce<number>(
        (total, weight) => total + (weight ?? 0),
        0,
      );
      if (
        object.kind !== 'VirtualService' ||
        weights.length < 2 ||
        weights.every(weight => weight === undefined) ||
        sum === 100 ||
        sum === 0
      ) {
        continue;
      }
      const percents = wholePercents(
        rule.destinations.map(({ weightPercent }) => weightPercent),
      );
      yield {
        key: 'AIM304',
        object,
        path: `${rule.path}.route`,
        params: {
          place: ruleOf(entry),
          sum,
          shares: rule.destinations
            .map(
              ({ host, subset, weight }) =>
                `${subset ?? host} ${weight ?? 'without'}`,
            )
            .join(', '),
        },
        ...(isAligned(entry) && {
          fix: {
            object,
            operations: percents.flatMap((percent, index) =>
              setValue(
                object,
                stepsOf(`${rule.path}.route[${index}].weight`),
                percent,
              ),
            ),
          },
        }),
      };
    }
  },
};

/** Whole numbers nearest to the shares that add up to 100: those with the largest remainder are rounded up. */
export function wholePercents(percents: readonly number[]): number[] {
  const whole = percents.map(Math.floor);
  const missing = 100 - whole.reduce((total, value) => total + value, 0);
  const order = percents
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of order.slice(0, missing)) {
    whole[index] += 1;
  }
  return whole;
}
