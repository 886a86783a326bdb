import { globSync, readFileSync } from 'node:fs';
import { root } from './__testUtils__/inNode';

const read = (pattern: string) =>
  globSync(pattern, { cwd: root }).map(file => ({
    file,
    text: readFileSync(`${root}/${file}`, 'utf8'),
  }));

const catalogue = [
  'plugins/ai-mesh-common/src/texts/zhCN/**/*.ts',
  'packages/app/src/modules/start/texts/*.ts',
]
  .flatMap(read)
  .map(({ text }) => text)
  .join();

/** Backstage's own, and what a test itself types. */
const OTHERS = ['中文', '走查'];

/** By what tests of Chinese screens find their way there. */
const wordsOf = (text: string) =>
  [
    ...text.matchAll(
      /(?:name: |Text\(|Label\(|look\([^)]*|carryOut\([^)]*|Dialog\([^)]*)['/][^\n]*/g,
    ),
  ].flatMap(([line]) => line.match(/[\p{Script=Han}，。；]{2,}/gu) ?? []);

const tests = read('packages/app/e2e-tests/*.ts')
  .map(({ file, text }) => ({ file, words: wordsOf(text) }))
  .filter(({ words }) => words.length > 0);

it.each(tests)('$file looks for words that the screens say', ({ words }) => {
  expect(
    words.filter(word => !catalogue.includes(word) && !OTHERS.includes(word)),
  ).toEqual([]);
});

it('finds the words of the tests', () => {
  const all = tests.flatMap(({ words }) => words);
  expect(all).toEqual(expect.arrayContaining(['请求金丝雀', '批准并应用']));
});
