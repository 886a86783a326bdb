import fc from 'fast-check';
import type { FoundRule } from './findRule';
import { highestPercent, presentPercent, sharesOf, stepsOf } from './shares';
import { SplitRefusal } from './SplitRefusal';

/** A rule with the weights of stable, canary (null: not there) and others. */
function rule(
  stableWeight: number,
  canaryWeight: number | null,
  ...others: number[]
): FoundRule {
  const destination = (pointer: string, weight: number) => ({
    pointer,
    host: pointer,
    weight,
    raw: {},
  });
  const stable = destination('stable', stableWeight);
  const canary =
    canaryWeight === null ? undefined : destination('canary', canaryWeight);
  return {
    stable,
    canary,
    rule: {
      label: 'http[0]',
      pointer: '/spec/http/0',
      listPointer: '/spec/http/0/route',
      index: 0,
      catchAll: true,
      raw: {},
      destinations: [
        stable,
        ...(canary ? [canary] : []),
        ...others.map((weight, i) => destination(`other${i}`, weight)),
      ],
    },
  };
}

function sharesOrRefusal(found: FoundRule, percent: number) {
  try {
    return sharesOf(found, percent);
  } catch (error) {
    if (error instanceof SplitRefusal && error.code === 'too-coarse') {
      return error.code;
    }
    throw error;
  }
}

const plan = [5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100];

describe('shares', () => {
  it('leaves out the steps that the canary has already reached', () => {
    expect(stepsOf(rule(80, 20), plan)).toEqual(plan.slice(2));
    expect(presentPercent(rule(80, 20))).toBe(20);
  });

  it('ends where the other destinations begin', () => {
    const found = rule(70, null, 30);
    expect(highestPercent(found)).toBe(70);
    expect(stepsOf(found, plan)).toEqual([5, 15, 25, 35, 45, 55, 65, 70]);
    expect(sharesOf(found, 70)).toEqual({ stable: 0, canary: 70 });
  });

  it('has no step left where the target is not above the present weight', () => {
    expect(stepsOf(rule(40, 60), [10, 50])).toEqual([]);
  });

  it('rounds where the others leave almost a whole number', () => {
    expect(sharesOf(rule(140, null, 10), 5)).toEqual({
      stable: 132,
      canary: 8,
    });
  });

  it.each([
    ['1% of the canary', rule(8, null, 2), 1],
    ['1% of the stable version', rule(8, null, 2), 79],
    ['anything', rule(1, null, 1), 1],
  ])('never rounds %s to none', (_, found, percent) => {
    expect(() => sharesOf(found, percent)).toThrow(/Multiply every weight by/);
  });

  it('gives the canary a share and leaves the stable version one, or refuses', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 1, max: 100 }),
        (stable, canary, other, percent) => {
          const found = rule(stable, canary, ...(other > 0 ? [other] : []));
          const highest = highestPercent(found);
          const shares = sharesOrRefusal(found, Math.min(percent, highest));
          expect(
            shares === 'too-coarse' ||
              (shares.canary > 0 && shares.stable > 0 === percent < highest),
          ).toBe(true);
        },
      ),
    );
  });

  it('refuses weights that add up to 0', () => {
    expect(() => presentPercent(rule(0, 0))).toThrow('add up to 0');
  });
});
