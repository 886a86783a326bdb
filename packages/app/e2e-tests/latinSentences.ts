import { textsEn } from '@ai-mesh/plugin-ai-mesh-common';
import { expect, type Page } from '@playwright/test';

/** What is told as it is in any language: code, keys, what is marked as a name or as somebody else's words, and what the reader has typed. */
const UNTRANSLATED = [
  ...['code', 'pre', 'kbd', 'samp', 'script', 'style', 'noscript'],
  ...['textarea', 'q', '[translate="no"]'],
].join(', ');

/** What ends Backstage's frame around an entity's page, and the way from screen to screen that begins the tab. */
const FRAME = 'main :has(nav[aria-label="Content navigation"])';
const TABS =
  'main div:has(> nav:is([aria-label="AI Mesh 页面"], [aria-label="AI Mesh screens"]))';

/** A page without Backstage's frame around it: one of the plugin's own, or an entity's. */
export const PAGES = `main article, ${FRAME} ~ *, ${TABS}, ${TABS} ~ *`;

/** What opens over it as well. */
const SCREENS = `${PAGES}, [role="dialog"], [role="tooltip"], [role="menu"], [role="listbox"]`;

/** The words of an element that are no text of it. */
const SPOKEN = [
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'placeholder',
  'title',
];

/** A word of prose: `ai-chat-service`, `spec.http[0]`, `/api/chat`, `STRICT` and `p95` are none. */
const WORD = /^["'“‘(]*(?:[A-Z]?[a-z]+(?:['’][a-z]+)?|[AI])[.,:;!?)"'”’…]*$/;

/**
 * What is no screen's: how the catalog presents an entity, with its description, what Backstage adds to links that leave it,
 * and what the demo's owners call themselves, their objectives and exemptions.
 */
const OTHERS = [
  /^[a-z]+:[\w.-]+\/[\w.-]+ \| /,
  /^, Opens in a new window$/,
  /(First token|Swift chat|Sage chat) within/,
  /^(Olivia|Amir|Nora) \([a-z ]+\)$/,
  // What is typed into the search of the topology, as it is typed in any language.
  /p95 > 2 s/,
  /one version only, since the providers change by themselves/,
];

/** How the backend's own names for what the mesh gives none begin: they are nobody's, however they are marked. */
const MADE_NAMES = Object.entries(textsEn).flatMap(([key, text]) =>
  key.startsWith('name.') ? [text.split('{{')[0]] : [],
);

/** As many of them, one after another, are somebody's sentence. */
const SENTENCE = 3;

/** The lines and spoken names of a page: what stands between two breaks of its layout. */
function linesOf(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ screens, untranslated, spoken }) => {
      const found = new Set<string>();
      let line = '';
      const end = () => {
        found.add(line.replace(/\s+/g, ' ').trim());
        line = '';
      };
      const read = (node: Node) => {
        if (node.nodeType === Node.TEXT_NODE) {
          line += node.textContent ?? '';
        }
        if (!(node instanceof Element)) {
          return;
        }
        if (node.matches(untranslated)) {
          // A name parts the words beside it.
          line += ' ⟨⟩ ';
          return;
        }
        const { display } = getComputedStyle(node);
        const isShown = node.checkVisibility({ visibilityProperty: true });
        if (!isShown && display !== 'contents') {
          return;
        }
        spoken.forEach(name => found.add(node.getAttribute(name) ?? ''));
        const isInline = display === 'inline' || display === 'contents';
        if (!isInline) {
          end();
        }
        node.childNodes.forEach(read);
        if (!isInline) {
          end();
        }
      };
      document.querySelectorAll(screens).forEach(screen => {
        read(screen);
        end();
      });
      return [...found];
    },
    { screens: SCREENS, untranslated: UNTRANSLATED, spoken: SPOKEN },
  );
}

/** Whether a text has as many words of prose in a row as make a sentence. */
export function isSentence(text: string): boolean {
  let inARow = 0;
  // Chinese signs stand beside Latin letters without a space.
  for (const word of text
    .replace(/[^\x20-\u024f\u2010-\u2027\s]+/g, ' 、 ')
    .split(/\s+/)) {
    inARow = WORD.test(word) ? inARow + 1 : 0;
    if (inARow === SENTENCE) {
      return true;
    }
  }
  return false;
}

/** An amount with its unit in Latin letters: `10s` is how objects spell it, and `s` alone a letter. */
const AMOUNT = /\d (?:s|ms|min|tokens)(?![\w/])/;

/** Whether a Chinese sentence holds an amount with an English unit; `p95 1.2 s` alone is a figure. */
export function hasEnglishUnit(text: string): boolean {
  return /\p{Script=Han}/u.test(text) && AMOUNT.test(text);
}

/** Fails on sentences that are not in Chinese, and says where they stand; the walk goes on. */
export async function expectChinese(page: Page, where: string) {
  const lines = await linesOf(page);
  // Looked at was something.
  expect.soft(lines.length, `lines on: ${where}`).toBeGreaterThan(4);
  const sentences = lines.filter(
    line =>
      (isSentence(line) || hasEnglishUnit(line)) &&
      !OTHERS.some(other => other.test(line)),
  );
  expect.soft(sentences, `English on: ${where}`).toEqual([]);
  const everything = await page.content();
  expect
    .soft(
      MADE_NAMES.filter(name => everything.includes(name)),
      `names on: ${where}`,
    )
    .toEqual([]);
}
