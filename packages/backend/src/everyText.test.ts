import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './__testUtils__/inNode';

const folder = join(root, 'plugins/ai-mesh/src');

/** The code of the screens, but for its tests and what is said of it there. */
const code = readdirSync(folder, {
  recursive: true,
  encoding: 'utf8',
})
  .filter(
    file => /\.tsx?$/.test(file) && !/\.test\.tsx?$|__testUtils__/.test(file),
  )
  .map(file =>
    readFileSync(join(folder, file), 'utf8').replace(
      /\/\*[^]*?\*\/|^\s*\/\/.*$|\$\{[^{}]*\}/gm,
      '',
    ),
  )
  .join('\n');

/** What only English has, by why nobody reads it on a screen in another language. */
const ELSEWHERE: Record<string, string[]> = {
  'Where nothing of the plugin could be loaded; other languages have their own.':
    ['AI Mesh could not be loaded', 'Reload the page'],
  'Whoever writes a template is told.': ['The field that has the'],
  'Whoever wrote the code is told: it is a defect.': [
    'Actions are asked about within',
  ],
  'Backstage takes it as it is, for the list of what a start page may have.': [
    'My services in the mesh',
    'Your services in the mesh, those that do worst first',
  ],
  'It is a style.': ['solid transparent', '@media not print'],
};

it('has no sentence in code, which only English would have', () => {
  const sentences = [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)/g)]
    .map(([, single, double, template]) => single ?? double ?? template)
    .filter(written => /[A-Za-z']{2,} [a-z']+ [a-z']{2,}/.test(written));
  const known = Object.values(ELSEWHERE).flat();
  expect(
    sentences.filter(one => !known.some(other => one.includes(other))),
  ).toEqual([]);
});

it('has no word between tags, and none as the name of what has no text', () => {
  const between = [...code.matchAll(/>\s*([A-Za-z][a-z]+[^<>{}=;()]*)<\//g)];
  const names = [
    ...code.matchAll(
      /\b(?:aria-\w+|title|label|placeholder|alt|helperText)="([^"]*[A-Z][^"]*)"/g,
    ),
  ];
  expect([...between, ...names].map(([, text]) => text.trim())).toEqual([]);
});

it('puts no blank behind a sign that brings its own room', () => {
  const chinese = globSync(
    'plugins/ai-mesh-common/src/texts/zhCN/screens/*.ts',
    {
      cwd: root,
    },
  ).flatMap(file => [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /'([\w.-]+)':\s*(?:'([^'\n]*)'|"([^"\n]*)")/g,
    ),
  ]);
  const endsWithSign = (key: string) =>
    chinese.some(
      ([, each, single, double]) =>
        (key.endsWith('.')
          ? each.startsWith(key)
          : each.replace(/_(one|other)$/, '') === key) &&
        /[，。：；！？）]$/.test(single ?? double),
    );
  const texts = [
    ...code.matchAll(
      /\bt\(((?:(?!\bt\(|<\/)[^;])*?)\)\}(?:\{' '\}| +(?=[<{]))/g,
    ),
  ].flatMap(([, told]) =>
    [...told.split('{')[0].matchAll(/['`]([\w.-]+)['`]/g)].map(
      ([, key]) => key,
    ),
  );
  expect(texts.filter(key => !endsWithSign(key))).not.toEqual([]);
  expect(texts.filter(endsWithSign)).toEqual([]);
  expect(code.match(/<Said [^>]*\/>(?:\{' '\}| +[<{])/g)).toBeNull();
});
