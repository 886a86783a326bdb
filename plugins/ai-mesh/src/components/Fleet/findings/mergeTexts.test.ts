import { mergeTexts } from './mergeTexts';

const before = 'a: 1\nb: 2\nc: 3\nd: 4\n';
const changed = (...changes: [string, string][]) =>
  changes.reduce((text, [from, to]) => text.replace(from, to), before);

it.each<[string, [string, string][][], string | undefined]>([
  ['one change', [[['b: 2', 'b: 5']]], changed(['b: 2', 'b: 5'])],
  [
    'changes of neighbouring lines',
    [[['c: 3', 'c: 6']], [['b: 2', 'b: 5']]],
    changed(['b: 2', 'b: 5'], ['c: 3', 'c: 6']),
  ],
  [
    'a line that is added above one that goes',
    [[['d: 4\n', '']], [['b: 2\n', 'b: 2\nx: 0\n']]],
    'a: 1\nb: 2\nx: 0\nc: 3\n',
  ],
  [
    'the same change twice',
    [[['b: 2', 'b: 5']], [['b: 2', 'b: 5']]],
    changed(['b: 2', 'b: 5']),
  ],
  [
    'two changes of one line',
    [[['b: 2', 'b: 5']], [['b: 2', 'b: 6']]],
    undefined,
  ],
  [
    'one of a line within lines that another takes away',
    [[['b: 2\nc: 3\n', '']], [['c: 3', 'c: 6']]],
    undefined,
  ],
  [
    'two that add something else at one place',
    [[['c: 3\n', 'x: 0\nc: 3\n']], [['c: 3\n', 'y: 0\nc: 3\n']]],
    undefined,
  ],
  ['none', [], before],
])('merges %s', (_, afters, merged) => {
  expect(
    mergeTexts(
      before,
      afters.map(changes => changed(...changes)),
    ),
  ).toBe(merged);
});

it('makes anew what is not there, if all would make the same', () => {
  expect(mergeTexts(undefined, ['a: 1\n', 'a: 1\n'])).toBe('a: 1\n');
  expect(mergeTexts(undefined, ['a: 1\n', 'a: 2\n'])).toBeUndefined();
});
