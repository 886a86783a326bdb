import { readdirSync } from 'node:fs';
import { type ScreenTexts, screenTextsEn as en } from '../screens';
import { languages } from './languages';
import { translations } from './translations';

const variables = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(match => match[1]).sort();

const keys = Object.keys(en) as Array<keyof typeof en>;

it('has a line for the folder of each language, for browsers and for backends', () => {
  const folders = readdirSync(__dirname, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const named = (registry: object) =>
    Object.keys(registry)
      .map(tag => tag.replace('-', ''))
      .sort();
  expect(named(languages)).toEqual(folders);
  expect(named(translations)).toEqual(folders);
});

it.each(keys)('%s says something in English', key => {
  expect(en[key].trim()).not.toBe('');
});

describe.each(Object.entries(languages))('the texts in %s', (tag, language) => {
  let texts: ScreenTexts;
  beforeAll(async () => {
    texts = (await language.load()).default;
  });

  it('have the same keys as in English', () => {
    expect(Object.keys(texts).sort()).toEqual([...keys].sort());
  });

  it('come with what the backend says', async () => {
    expect((await language.load()).catalogue).toBe(
      translations[tag as keyof typeof translations],
    );
  });

  it.each(keys)('%s says something', key => {
    expect(texts[key].trim()).not.toBe('');
  });

  it.each(keys)('%s fills in the same values', key => {
    expect(variables(texts[key])).toEqual(variables(en[key]));
  });

  it('say where the plugin could not be loaded, each thing', () => {
    for (const text of Object.values(language.notLoaded)) {
      expect(text.trim()).not.toBe('');
    }
  });
});
