import fc from 'fast-check';
import { escapeRegex } from '../promql';
import { aroundNames, namesWithin } from './namesWithin';

const HASHES = '-[0-9a-z]+-[bcdfghjklmnpqrstvwxz2456789]{5}';
const OUTBOUND = 'outbound\\|[0-9]*\\|[^|]*\\|';

describe('names within a label’s values', () => {
  it.each([
    ['pods', `chat${HASHES}`, ['chat'], HASHES],
    ['a name with dashes', `chat-v2-a${HASHES}`, ['chat-v2-a'], HASHES],
    ['a name with a dot', `a\\.b-[0-9]+`, ['a.b'], '-[0-9]+'],
    ['several', `chat${HASHES}|shop${HASHES}`, ['chat', 'shop'], HASHES],
    [
      'versions',
      `chat-v2${HASHES}|chat-v1${HASHES}`,
      ['chat'],
      `-(?:v1|v2)${HASHES}`,
    ],
    [
      'a version and what has none',
      `chat${HASHES}|chat-v1${HASHES}`,
      ['chat', 'chat-v1'],
      HASHES,
    ],
    ['hosts', `${OUTBOUND}(a\\.svc|b\\.svc);?`, ['a.svc', 'b.svc'], ';?'],
  ])('are found: %s', (_, regex, values, after) => {
    expect(namesWithin(regex)).toMatchObject({ values, within: { after } });
  });

  it.each([
    ['two ways to end', `chat${HASHES}|shop-[0-9]+`],
    ['an end that may be missing', 'chat(-[0-9]+)?-[bc]{5}'],
    ['either of two ends', 'chat(-[0-9]+|-[bc]{5})'],
    ['an end that may hold a dash', 'chat-[0-9-]+'],
    ['an end of any letters', 'chat-.+'],
    ['a name that is none', `cha.*${HASHES}`],
    ['no name', HASHES],
    ['an alternative of nothing', `chat${HASHES}|`],
    ['a host with a bar', `${OUTBOUND}(a\\|b);?`],
    ['a host that ends as the field may', `${OUTBOUND}(a;);?`],
    ['a field that may hold a bar', 'outbound\\|.*\\|(a);?'],
    ['any host', `${OUTBOUND}(.*);?`],
  ])('are not told from each other: %s', (_, regex) => {
    expect(namesWithin(regex)).toBeUndefined();
  });

  const whole = (regex: string) => new RegExp(`^(?:${regex})$`, 'u');
  const part = fc.constantFrom('chat', 'v1', '2', 'x2v5k', '7d9f8b6c4d', 'a.b');
  const name = fc
    .array(part, { minLength: 1, maxLength: 3 })
    .map(parts => parts.join('-'));

  it.each([
    ['pods', (one: string) => `${escapeRegex(one)}${HASHES}`, name],
    [
      'two versions',
      (one: string) =>
        ['v1', 'v2'].map(v => `${escapeRegex(one)}-${v}-[0-9]+`).join('|'),
      name,
    ],
    [
      'hosts',
      (one: string) => `${OUTBOUND}(${escapeRegex(one)});?`,
      name.map(host => `${host}.svc.cluster.local`),
    ],
  ])(
    'are the one that was asked for, and all that is asked at once is what each asks: %s',
    (_, ask, names) => {
      const value = fc
        .tuple(
          fc.constantFrom('', 'outbound|80|v1|', 'outbound|||'),
          fc.array(part, { minLength: 1, maxLength: 5 }),
          fc.constantFrom('', ';', '.svc.cluster.local', '.svc.cluster.local;'),
        )
        .map(([before, parts, after]) => `${before}${parts.join('-')}${after}`);
      let met = 0;
      fc.assert(
        fc.property(names, names, value, (one, other, label) => {
          const found = [one, other].map(called => namesWithin(ask(called))!);
          expect(found.map(({ values }) => values)).toEqual([[one], [other]]);
          const [{ within }] = found;
          const asking = [one, other].filter(called =>
            whole(ask(called)).test(label),
          );
          expect(whole(aroundNames(within, [one, other])).test(label)).toBe(
            asking.length > 0,
          );
          for (const called of asking) {
            met++;
            expect(whole(within.named).exec(label)?.[1]).toBe(called);
          }
        }),
        { numRuns: 3_000 },
      );
      expect(met).toBeGreaterThan(0);
    },
  );
});
