import fc from 'fast-check';
import { matchesPattern, patternRegex } from './modelFilter';

describe('matchesPattern', () => {
  it.each([
    ['swift-*', 'swift-chat', true],
    ['swift-*', 'swift-', true],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['ab*bc', 'abc', false],
    ['a', 'ab', false],
  ])('%s and %s: %s', (pattern, name, expected) => {
    expect(matchesPattern(pattern, name)).toBe(expected);
  });

  it('agrees with the expression that Prometheus is sent', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\n', '.') });
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        expect(matchesPattern(pattern, name)).toBe(
          new RegExp(`^(?:${patternRegex(pattern)})$`).test(name),
        );
      }),
    );
  });

  it('ends soon for a pattern of many stars', () => {
    // Backtracking would not end before the test does.
    expect(matchesPattern(`${'a*'.repeat(200)}b`, 'a'.repeat(5000))).toBe(
      false,
    );
  });
});
