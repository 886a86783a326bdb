import { applyTextsEn } from './texts/applyEn';
import { gateTextsEn } from './texts/en';
import { factTextsEn } from './texts/factsEn';
import { objectiveTextsEn } from './texts/objectivesEn';
import { preflightTextsEn } from './texts/preflightEn';
import { reviewTextsEn } from './texts/reviewEn';
import { runTextsEn } from './texts/runsEn';
import { sloTextsEn } from './texts/slosEn';
import { sourceTextsEn } from './texts/sourcesEn';
import { trafficTextsEn } from './texts/trafficEn';
import { textsEn, textsZhCN, inEnglish, inLanguage, said, wording } from '.';

const places = (text: string) =>
  [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

it('has each key once', () => {
  const parts = [
    gateTextsEn,
    applyTextsEn,
    factTextsEn,
    objectiveTextsEn,
    preflightTextsEn,
    reviewTextsEn,
    runTextsEn,
    sloTextsEn,
    sourceTextsEn,
    trafficTextsEn,
  ].flatMap(texts => Object.keys(texts));
  expect(parts).toHaveLength(Object.keys(textsEn).length);
});

it('has in Chinese the places of the English text, or fewer', () => {
  for (const [key, text] of Object.entries(textsEn)) {
    const chinese = places(textsZhCN[key as keyof typeof textsEn]);
    // A gate's title has another place: its name is English.
    const titled = key === 'gate.further' ? ['{{title}}'] : [];
    expect([...places(text), ...titled]).toEqual(
      expect.arrayContaining(chinese),
    );
  }
});

it('says nothing in English in the Chinese texts but names and code', () => {
  for (const text of Object.values(textsZhCN)) {
    expect(text).not.toMatch(/\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/);
  }
});

const few = wording(
  'share.few',
  { had: 3, needed: 50 },
  { noun: 'noun.events' },
);

it('fills a text with figures, and with words of the catalogue', () => {
  expect(said(few)).toEqual({
    message: 'The canary had 3 events of the 50 that an advance needs.',
    words: [few],
  });
  expect(inLanguage([few], 'zh-CN')).toBe(
    '金丝雀版本有 3 个事件，前进需要 50。',
  );
});

it('joins sentences as the language does', () => {
  const sentences = [wording('endpoints.none'), wording('export.silent')];
  expect(inEnglish(sentences)).toBe(
    'The canary has no ready endpoint. No request of either version reported it.',
  );
  expect(inLanguage(sentences, 'zh')).toBe(
    '金丝雀版本没有就绪端点。两个版本都没有请求上报它。',
  );
});

it('never looks for places in what fills one', () => {
  expect(
    inEnglish([wording('verbatim', { text: '{{text}} {{constructor}} $&' })]),
  ).toBe('{{text}} {{constructor}} $&');
});

it.each([
  ['an unknown key', { key: 'of.tomorrow' }],
  ['an inherited key', { key: 'constructor' }],
  ['an unknown term', { key: 'share.few', terms: { noun: 'of.tomorrow' } }],
  ['terms in a circle', { key: 'share.pass', terms: { found: 'share.pass' } }],
])('has no words for %s', (_, words) => {
  expect(inLanguage([few, words], 'zh')).toBeUndefined();
});

it('has no words in a language that it does not have', () => {
  expect(inLanguage([few], 'de')).toBeUndefined();
});
