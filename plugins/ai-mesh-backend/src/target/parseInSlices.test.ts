import fc from 'fast-check';
import { parseInSlices } from './parseInSlices';

// Of hundreds of long texts each is parsed twice.
jest.setTimeout(60_000);

const LONG = 'x'.repeat(200_000);
const rows = Array.from({ length: 4000 }, (_, n) => ({
  metric: { a: `"${n}\\`, b: '[{,' },
  value: [n, `${n}`],
}));

/** A text that is long enough to be taken apart at a few places, whatever it holds. */
const long = fc
  .tuple(
    fc
      .jsonValue({ maxDepth: 4 })
      .filter(one => !/__proto__|-0/.test(JSON.stringify(one))),
    fc.constantFrom(
      (one: unknown) => ({ data: { result: [one, LONG, one, LONG], one } }),
      (one: unknown) => [[LONG, { toString: LONG, one }], one, [LONG]],
      (one: unknown) => ({ one, [LONG]: one, two: { one: LONG }, three: one }),
    ),
    fc.constantFrom(undefined, 1),
  )
  .map(([one, around, indent]) => JSON.stringify(around(one), null, indent));

describe('parseInSlices', () => {
  it.each<[string, unknown]>([
    ['many rows', { status: 'success', data: { result: rows } }],
    ['a short text', { a: [1, 2, { b: null }] }],
    ['letters of two halves, wherever they stand', LONG.replaceAll('x', '🙂')],
    ['the same at the other places', `x${LONG.replaceAll('x', '🙂')}`],
    ['a long text', { a: LONG.repeat(3) }],
    ['an empty list beside a long one', { a: [], b: {}, c: rows }],
    ['lists deep within each other', [[[[[[[[[rows]]]]]]]]]],
    ['objects with long keys', { [LONG]: { [`${LONG}"\\`]: rows, a: rows } }],
  ])('reads %s', async (_, value) => {
    expect(await parseInSlices(JSON.stringify(value))).toEqual(value);
  });

  it('reads what JSON.parse reads, and as that does', async () => {
    await fc.assert(
      fc.asyncProperty(long, async json => {
        expect(JSON.stringify(await parseInSlices(json))).toBe(
          JSON.stringify(JSON.parse(json)),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('refuses what JSON.parse refuses', async () => {
    const crumb = fc.constantFrom(
      ...['', ',', ':', '"', '[', ']', '{', '}', '\\', ' ', 'x', '1', ',,'],
    );
    await fc.assert(
      fc.asyncProperty(
        long,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        crumb,
        fc.nat({ max: 2 }),
        async (json, where, isNearLong, what, removed) => {
          const seam = Math.max(0, json.indexOf('xxx') - 3);
          const place = isNearLong
            ? seam + Math.floor(where * 6)
            : Math.floor(where * json.length);
          const broken =
            json.slice(0, place) + what + json.slice(place + removed);
          expect(await outcome(() => parseInSlices(broken))).toBe(
            await outcome(() => JSON.parse(broken)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a comma at the end', (rest: string) => `[${rest},]`],
    ['a comma at the beginning', (rest: string) => `[,${rest}]`],
    ['two commas', (rest: string) => `[${rest},,${rest}]`],
    ['another bracket at the end', (rest: string) => `[${rest}}`],
    ['another bracket within', (rest: string) => `[[${rest}},1]`],
    ['no end', (rest: string) => `[${rest}`],
    ['more than its value', (rest: string) => `[${rest}]]`],
    ['a value without a key', (rest: string) => `{${rest}}`],
    ['a key in a list', (rest: string) => `["a":[${rest}]]`],
    ['no colon', (rest: string) => `{"a" [${rest}]}`],
    ['a blank that is none of JSON', (rest: string) => `\u00a0[${rest}]`],
  ])('refuses %s', async (_, around) => {
    for (const rest of [`"${LONG}${LONG}"`, JSON.stringify(rows)]) {
      const json = around(rest);
      expect(() => JSON.parse(json)).toThrow(SyntaxError);
      // The library's own kinds of error.
      await expect(parseInSlices(json)).rejects.toThrow(Error);
    }
  });

  it('lets no key change what other objects are', async () => {
    const read = (await parseInSlices(
      `{"__proto__":{"a":1},"long":"${LONG}${LONG}"}`,
    )) as object;
    expect(Object.keys(read)).toEqual(['long']);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('lets others have their turn', async () => {
    const json = JSON.stringify(Array(20).fill(rows));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await parseInSlices(json);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

async function outcome(parse: () => unknown): Promise<string> {
  try {
    return JSON.stringify(await parse());
  } catch {
    return 'refused';
  }
}
