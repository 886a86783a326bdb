import fc from 'fast-check';
import { isDeeperThan } from './isDeeperThan';

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;
}

describe('isDeeperThan', () => {
  it('counts as a parser does, whatever strings hold', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), json => {
        const depth = depthOf(JSON.parse(json));
        expect(isDeeperThan(depth, json)).toBe(false);
        expect(isDeeperThan(depth - 1, json)).toBe(depth > 0);
      }),
    );
  });

  it.each(['[', '{"a":', '[{"[[":'])('tells a million of %s', opening => {
    expect(isDeeperThan(200, opening.repeat(1_000_000))).toBe(true);
  });

  it.each(['"[[[', '"\\"[[[', '["\\\\", "[["]', ']]]][', ''])(
    'takes %s for no deeper than it is',
    json => {
      expect(isDeeperThan(1, json)).toBe(false);
    },
  );
});
