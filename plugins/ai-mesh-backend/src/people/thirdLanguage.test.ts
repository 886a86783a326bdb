import { inEnglish, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { ConfigReader } from '@backstage/config';
import { readSettings } from '../config/readSettings';
import { titleOfText } from '../titles';
import { inEach, noticeLanguageNames, sentences } from './noticeLanguages';

/** A third language is a line of the registry: everything else below is the plugin as it is. */
jest.mock('@ai-mesh/plugin-ai-mesh-common', () => {
  const actual = jest.requireActual('@ai-mesh/plugin-ai-mesh-common');
  const { english, translations } = actual;
  const esperanto = {
    ...translations['zh-CN'],
    sentences: {
      ...english,
      texts: {
        ...english.texts,
        'title.fast': 'Rapida',
        'export.silent': 'Neniu raportas ĝin.',
      },
    },
  };
  return { ...actual, translations: { ...translations, eo: esperanto } };
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
