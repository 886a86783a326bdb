import fc from 'fast-check';
import { StallProbe } from '../__testUtils__/StallProbe';
import { hasLongerText, isDeeperThan } from './isDeeperThan';

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;
}

describe('isDeeperThan', () => {
  it('counts as a parser does, whatever strings hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 8 }), async json => {
        const depth = depthOf(JSON.parse(json));
        expect(await isDeeperThan(depth, json)).toBe(false);
        expect(await isDeeperThan(depth - 1, json)).toBe(depth > 0);
      }),
    );
  });

  it.each(['[', '{"a":', '[{"[[":'])('tells a million of %s', async opening => {
    expect(await isDeeperThan(200, opening.repeat(1_000_000))).toBe(true);
  });

  it.each(['"[[[', '"\\"[[[', '["\\\\", "[["]', ']]]][', ''])(
    'takes %s for no deeper than it is',
    async json => {
      expect(await isDeeperThan(1, json)).toBe(false);
    },
  );
});

describe('hasLongerText', () => {
  it.each([
    ['{"abcd":"abcd"}', 4, false],
    ['{"abcde":1}', 4, true],
    ['["a","abcde"]', 4, true],
    ['["abcde', 4, true],
    ['[12345,"\\"]', 4, false],
    ['["\\"\\"x"]', 4, true],
  ])('of %s, longer than %i: %s', async (json, most, expected) => {
    expect(await hasLongerText(most, json)).toBe(expected);
  });
});

it('looks through an answer about a whole mesh without holding anybody up', async () => {
  const row = `{"metric":{"a":"${'x'.repeat(400)}"},"value":[0,"1"]},`;
  const json = Buffer.from(`[${row.repeat(120_000)}0]`).toString();
  const probe = new StallProbe().start();
  expect(await hasLongerText(16_000, json)).toBe(false);
  expect(await isDeeperThan(200, json)).toBe(false);
  const stall = await probe.stall();
  probe.stop();
  expect(stall).toBeLessThan(60);
});
