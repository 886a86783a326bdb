import {
  type Catalogue,
  chinese,
  inEnglish,
  inLanguage,
  translations,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConfigReader } from '@backstage/config';
import { titleOf, titlesOf } from '../canary/gates/quality';
import { readSettings } from '../config/readSettings';
import { titleOfText } from '../titles';
import { inEach, noticeLanguageNames, sentences } from './noticeLanguages';

/** A third language is a line of the registry: everything else below is the plugin as it is. */
jest.mock('@ai-mesh/plugin-ai-mesh-common', () => {
  const actual = jest.requireActual('@ai-mesh/plugin-ai-mesh-common');
  const { english, translations: others } = actual;
  const esperanto = {
    ...others['zh-CN'],
    sentences: {
      ...english,
      key: 'eo',
      texts: {
        ...english.texts,
        'title.fast': 'Rapida',
        'export.silent': 'Neniu raportas ĝin.',
      },
    },
  };
  return { ...actual, translations: { ...others, eo: esperanto } };
});

const silent = [wording('export.silent')];

const read = (aiMesh: object) =>
  readSettings(
    new ConfigReader({
      aiMesh: {
        clusters: [
          {
            name: 'production',
            kubernetes: { inCluster: true },
            prometheus: { url: 'http://prometheus' },
          },
        ],
        ...aiMesh,
      },
    }),
  );

it('is one that notifications may be in', () => {
  const { languages } = read({
    notifications: { languages: ['en', 'eo'] },
  }).notifications;
  expect(noticeLanguageNames).toEqual(['en', 'zh-CN', 'eo']);
  expect(inEach(languages, sentences(silent))).toBe(
    `${inEnglish(silent)} / Neniu raportas ĝin.`,
  );
});

it('is refused by names where there is no such language', () => {
  expect(() => read({ notifications: { languages: ['tlh'] } })).toThrow(
    /aiMesh\.notifications\.languages\[0\].*en.*zh-CN.*eo/,
  );
});

it('has titles: what the configuration says, else the English', () => {
  const { presets, gates } = read({
    canary: {
      presets: [
        { name: 'night', title: 'Night' },
        { name: 'day', title: { en: 'Day', zh: '白天' } },
        { name: 'noon', title: { en: 'Noon', eo: 'Tagmezo' } },
      ],
      gates: [
        {
          name: 'votes',
          title: { en: 'Votes', eo: 'Voĉoj' },
          kind: 'share',
          bad: 'bad{ {{selector}} }',
          all: 'all{ {{selector}} }',
          rollBackAbove: 0.3,
          advanceBelow: 0.2,
        },
      ],
    },
  }).canary;
  expect(presets?.map(({ title }) => title)).toEqual([
    { en: 'Night', zh: 'Night', eo: 'Night' },
    { en: 'Day', zh: '白天', eo: 'Day' },
    { en: 'Noon', zh: 'Noon', eo: 'Tagmezo' },
  ]);
  expect(gates[0].title).toEqual({ en: 'Votes', eo: 'Voĉoj' });
});

it('is what the plugin’s own titles are in', () => {
  expect(titleOfText('title.fast')).toEqual({
    en: 'Fast',
    zh: '快速',
    eo: 'Rapida',
  });
});

it('is what gates are called in within sentences', () => {
  const { eo } = translations as Record<string, Catalogue>;
  const votes = { en: 'Votes', eo: 'Voĉoj', zh: '票' };
  const gate = wording('gate.further', titleOf(votes));
  expect(inLanguage([gate], eo.sentences)).toBe('Voĉoj:');
  expect(inLanguage([gate], chinese)).toBe('票：');
  const fine = wording('quality.fine', titlesOf([votes, { en: 'Score' }]));
  expect(inEnglish([fine])).toContain('by Votes, Score, and');
  expect(inLanguage([fine], eo.sentences)).toContain('by Voĉoj, Score, and');
  expect(inLanguage([fine], chinese)).toContain('由 票、Score 判定');
});
