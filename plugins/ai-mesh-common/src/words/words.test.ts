import { accessTextsEn } from './texts/accessEn';
import { applyTextsEn } from './texts/applyEn';
import { gateTextsEn } from './texts/en';
import { factTextsEn } from './texts/factsEn';
import { objectiveTextsEn } from './texts/objectivesEn';
import { figureTextsEn } from './texts/figuresEn';
import { preflightTextsEn } from './texts/preflightEn';
import { reviewTextsEn } from './texts/reviewEn';
import { routeTextsEn } from './texts/routesEn';
import { runTextsEn } from './texts/runsEn';
import { securityTextsEn } from './texts/securityEn';
import { sloTextsEn } from './texts/slosEn';
import { sourceTextsEn } from './texts/sourcesEn';
import { targetTextsEn } from './texts/targetsEn';
import { decisionTextsEn } from './texts/decisionsEn';
import { keptTextsEn } from './texts/keptEn';
import { nameTextsEn } from './texts/namesEn';
import { newsTextsEn } from './texts/newsEn';
import { ownershipTextsEn } from './texts/ownershipEn';
import { placeTextsEn } from './texts/placesEn';
import { requestTextsEn } from './texts/requestsEn';
import { trafficTextsEn } from './texts/trafficEn';
import { titleTextsEn } from './texts/titlesEn';
import { chinese, languageKey, translations } from '../texts';
import { textsEn, inEnglish, inLanguage, said, wording } from '.';

const places = (text: string) =>
  [...new Set(text.match(/\{\{\w+(, \w+)?\}\}/g))].sort();

it('has each key once', () => {
  const parts = [
    gateTextsEn,
    accessTextsEn,
    applyTextsEn,
    factTextsEn,
    objectiveTextsEn,
    figureTextsEn,
    preflightTextsEn,
    reviewTextsEn,
    routeTextsEn,
    runTextsEn,
    securityTextsEn,
    sloTextsEn,
    sourceTextsEn,
    targetTextsEn,
    decisionTextsEn,
    keptTextsEn,
    nameTextsEn,
    newsTextsEn,
    ownershipTextsEn,
    placeTextsEn,
    requestTextsEn,
    trafficTextsEn,
    titleTextsEn,
  ].flatMap(texts => Object.keys(texts));
  expect(parts).toHaveLength(Object.keys(textsEn).length);
});

const languages = Object.entries(translations);

it.each(languages)('has titles of %s by its key', (tag, { sentences }) => {
  expect(sentences.key).toBe(languageKey(tag));
});

it.each(languages)('has in %s every text', (_, { sentences: { texts } }) => {
  expect(Object.keys(texts).sort()).toEqual(Object.keys(textsEn).sort());
  const empty = (all: object) =>
    Object.entries(all).flatMap(([key, text]) => (text.trim() ? [] : [key]));
  expect(empty(texts)).toEqual(empty(textsEn));
});

it.each(languages)(
  'has in %s the places of the English text, or fewer',
  (_, { sentences }) => {
    for (const [key, text] of Object.entries(textsEn)) {
      const translated = places(sentences.texts[key as keyof typeof textsEn]);
      expect(places(text)).toEqual(expect.arrayContaining(translated));
    }
  },
);

it('says nothing in English in the Chinese texts but names and code', () => {
  for (const text of Object.values(chinese.texts)) {
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
  expect(inLanguage([few], chinese)).toBe(
    '金丝雀版本有 3 个事件，前进需要 50 个。',
  );
});

it.each([
  [604_800, '7 d', '7 天'],
  [172_799, '48 h', '48 小时'],
  [600, '10 min', '10 分钟'],
  [0, '0 s', '0 秒'],
])('says a span of %d s as the language does', (lookBack, en, zh) => {
  const words = [wording('mtls.ready', { lookBack })];
  expect(inEnglish(words)).toContain(`over the last ${en}:`);
  expect(inLanguage(words, chinese)).toContain(`最近 ${zh}没有`);
});

it.each([
  ['2026-11-29T21:49:00.000Z', /^Nov (29|30), 2026, /, /^2026年11月(29|30)日 /],
  // What somebody wrote is left as it is.
  ['not yet', /^not yet$/, /^not yet$/],
])('says the moment %s as the language does', (since, en, zh) => {
  const words = [wording('facts.computedLast', { at: since })];
  expect(inEnglish(words).slice('It was computed last at '.length, -1)).toMatch(
    en,
  );
  expect(inLanguage(words, chinese)!.slice('上次计算于 '.length, -1)).toMatch(
    zh,
  );
});

it.each([
  ['ms', 767.4, '767 ms', '767 毫秒'],
  ['ms', 13_340, '13.34 s', '13.34 秒'],
  ['tokens', 767.5, '767.5 tokens', '767.5 个 token'],
  // A gate of somebody's own.
  ['stars', 4.5, '4.5', '4.5'],
  // As older releases stored them.
  ['ms', '13.34 s', '13.34 s', '13.34 s'],
])('says an amount of %s as the language does: %p', (unit, value, en, zh) => {
  const words = [
    wording(
      'ratio.pass',
      { value, unit, times: 1.5, stable: value },
      { found: 'ratio.found' },
    ),
  ];
  expect(inEnglish(words)).toBe(`${en} is 1.5 x the stable version's ${en}.`);
  expect(inLanguage(words, chinese)).toBe(
    `${zh}，是稳定版本 ${zh} 的 1.5 倍。`,
  );
});

it.each([
  [999.4, '999 ms', '999 毫秒'],
  [2500, '2.5 s', '2.5 秒'],
  ['2.5 s', '2.5 s', '2.5 s'],
])('says a duration of %p ms as the language does', (limit, en, zh) => {
  const words = [wording('verb.slow', { limit })];
  expect(inEnglish(words)).toBe(`took longer than ${en}`);
  expect(inLanguage(words, chinese)).toBe(`耗时超过 ${zh}`);
});

it.each([
  [0.35, '0.35 s', '0.35 秒'],
  [27, '27 s', '27 秒'],
  ['27 s', '27 s', '27 s'],
])('says %p seconds as the language does', (now, en, zh) => {
  const words = [wording('call.late', { now, patience: now })];
  expect(inEnglish(words)).toBe(
    `it takes ${en} (p95) where its callers wait for ${en}`,
  );
  expect(inLanguage(words, chinese)).toBe(
    `它耗时 ${zh}（p95），而调用方只等待 ${zh}`,
  );
});

it.each([
  [119, '119 s', '119 秒'],
  [120, '2 min', '2 分钟'],
  [129_600, '2160 min', '2160 分钟'],
  ['2160 min', '2160 min', '2160 min'],
])('says %p seconds in minutes as the language does', (duration, en, zh) => {
  const words = [wording('power.fine', { rate: 3, duration, requests: 50 })];
  expect(inEnglish(words)).toContain(`takes about ${en} and 50 requests`);
  expect(inLanguage(words, chinese)).toContain(`大约需要 ${zh}和`);
});

it('groups what is counted as the language does, and leaves what older releases stored', () => {
  const failed = (count: number | string) =>
    wording('call.failed', { share: '1.2%', count });
  expect(inEnglish([failed(1_483_000)])).toBe(
    '1.2% of 1,483,000 requests failed',
  );
  expect(inLanguage([failed(1483)], chinese)).toContain('1,483');
  expect(inEnglish([failed('1483')])).toContain('of 1483 requests');
});

it.each([
  [0, '0'],
  [0.004, '<0.01'],
  [0.0488, '0.049'],
  [12.345, '12.3'],
  [1234.5, '1,235'],
  ['0.50', '0.50'],
])('says that %p arrive a second as %p', (rate, text) => {
  const words = [wording('review.overflow', { rate })];
  expect(inEnglish(words)).toBe(`${text} requests/s rejected by a limit (UO)`);
  expect(inLanguage(words, chinese)).toBe(`${text} 次请求/秒被上限拒绝（UO）`);
});

it('joins sentences as the language does', () => {
  const sentences = [wording('endpoints.none'), wording('export.silent')];
  expect(inEnglish(sentences)).toBe(
    'The canary has no ready endpoint. No request of either version reported it.',
  );
  expect(inLanguage(sentences, chinese)).toBe(
    '金丝雀版本没有就绪端点。两个版本都没有请求上报它。',
  );
});

it('fills a place with what is named in the language, else with the English', () => {
  const named = wording('gate.further', { gate: 'Votes', 'gate.zh': '票' });
  expect(inEnglish([named])).toBe('Votes:');
  expect(inLanguage([named], chinese)).toBe('票：');
  expect(
    inLanguage([wording('gate.further', { gate: 'Votes' })], chinese),
  ).toBe('Votes：');
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
  expect(inLanguage([few, words], chinese)).toBeUndefined();
});
