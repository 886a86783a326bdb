import fc from 'fast-check';
import { csvOf } from './csvOf';

it.each<[string | number, string]>([
  ['chat', 'chat'],
  ['ai, chat', '"ai, chat"'],
  ['say "chat"', '"say ""chat"""'],
  [-0.5, '-0.5'],
  ['=1+2', "'=1+2"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['\0=1', "'\0=1"],
  ['a;＠1', `"a;'＠1"`],
  ['\t=1', `"'\t'=1"`],
  ['a;=1', `"a;'=1"`],
  ['a\r\n=1', `"a\r\n'=1"`],
])('writes %j as %j', (value, written) => {
  expect(csvOf([[value]])).toBe(`${written}\r\n`);
});

it('holds no formula, however a spreadsheet parts it', () => {
  const text = fc.string({
    unit: fc.constantFrom(...'=+-@＝＋－＠;,"\t\r\n\0 a1('),
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), texts => {
      const csv = csvOf([texts]);
      for (const parted of [/[;\t\r\n]/, /[;\t]/]) {
        for (const part of csv.split(parted)) {
          expect(part).not.toMatch(/^[\s\0]*"?[\s\0]*[=+\-@＝＋－＠]/);
        }
      }
      // As RFC 4180 reads it.
      const cells = csv.match(/"(?:[^"]|"")*"|[^,\r\n]+/g) ?? [];
      for (const one of cells) {
        expect(one).not.toMatch(/^"?[\s\0]*[=+\-@＝＋－＠]/);
      }
    }),
  );
});
