import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './__testUtils__/inNode';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const sorted = (all: Iterable<string>) => [...new Set(all)].sort();

/** Commands, configuration and code, without what comments say of them. */
function blocksOf(text: string): string[] {
  return [...text.matchAll(/^ *```(?:sh|yaml|ts|json)\n([^]*?)```/gm)].map(
    ([, block]) =>
      block.replace(/\s*(#|\/\/) .*$/gm, '').replace(/NAME|名称/g, 'NAME'),
  );
}

/** What is written in the type of code within sentences. */
function termsOf(text: string): string[] {
  return sorted(
    [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, term]) =>
      term.replace(/\s+/g, ' '),
    ),
  ).filter(
    term =>
      !/\p{Script=Han}|<\w|bound/u.test(term) && term !== 'npm run scene NAME',
  );
}

/** Documents and pages that are linked; a picture in another theme or language is the same. */
function targetsOf(text: string): string[] {
  return sorted(
    [...withoutBlocks(text).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(
      ([, target]) =>
        target
          .replace('.zh-CN.md', '.md')
          .replace(/(-zh)?-(light|dark)\.png$/, '.png'),
    ),
  );
}

/** Figures with a meaning of their own: more than one digit. */
function figuresOf(text: string): string[] {
  return sorted(
    withoutBlocks(text)
      .replace(/`[^`]+`|\]\([^)]*\)|\d+ 月/g, '')
      .match(/\d[\d.,]*\d/g) ?? [],
  );
}

function withoutBlocks(text: string): string {
  return text.replace(/^ *```\w*\n[^]*?```/gm, '');
}

describe.each([
  ['README.md', 'README.zh-CN.md'],
  ['docs/canary.md', 'docs/canary.zh-CN.md'],
])('%s in Chinese', (english, chinese) => {
  const [en, zh] = [english, chinese].map(read);

  it('has the same commands and code', () => {
    expect(blocksOf(zh)).toEqual(blocksOf(en));
  });

  it('names the same things', () => {
    expect(termsOf(zh)).toEqual(termsOf(en));
  });

  it('leads to the same pages and pictures', () => {
    const own = (all: string[]) =>
      all.filter(one => ![english, 'canary.md'].includes(one));
    expect(own(targetsOf(zh))).toEqual(own(targetsOf(en)));
  });

  it('has the same figures', () => {
    expect(figuresOf(zh)).toEqual(figuresOf(en));
  });
});
