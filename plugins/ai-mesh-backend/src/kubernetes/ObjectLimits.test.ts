import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import { whyNotRead, withinLimits } from './ObjectLimits';

const limits = { keys: 10, characters: 100 };

const english = (spec: unknown) => inEnglish([whyNotRead(spec)!]);

describe('withinLimits', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a null', null],
    ['a few rules', { rules: [{ from: [{}] }, { to: [1, true, null] }] }],
    ['a text', { text: 'x'.repeat(96) }],
    ['as many items as may be', { a: [1, 2, 3, 4, 5, 6, 7, 8, 9] }],
  ])('leaves %s as it is', (_, spec) => {
    expect(withinLimits(spec, limits)).toBe(spec);
    expect(whyNotRead(spec)).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['a long list', { a: Array(10).fill(1) }, '10 keys and items'],
    [
      'many keys',
      Object.fromEntries(Array.from({ length: 11 }, (_, n) => [n, 1])),
      '10 keys and items',
    ],
    ['lists within lists', [[[[1, [2, [3, [4, [5, [6]]]]]]]]], '10 keys'],
    ['a long text', { a: { b: 'x'.repeat(99) } }, '100 characters'],
    ['a long key', { ['x'.repeat(101)]: 1 }, '100 characters'],
  ])('does not read %s, and says why', (_, spec, why) => {
    const kept = withinLimits(spec, limits);
    expect(typeof kept).toBe('string');
    expect(english(kept)).toContain(`smaller: it has more than ${why}`);
    expect(english(kept)).toContain('aiMesh.limits.object.');
  });

  it('goes as deep as a text can be', () => {
    let deep: unknown = [];
    for (let n = 0; n < 100_000; n++) {
      deep = [deep];
    }
    expect(english(withinLimits(deep, limits))).toContain('keys');
  });
});
