import { en } from './en';
import { languages } from './languages';

const variables = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(match => match[1]).sort();

const keys = Object.keys(en) as Array<keyof typeof en>;

it.each(keys)('%s says something in English', key => {
  expect(en[key].trim()).not.toBe('');
});

describe.each(Object.entries(languages))('the texts in %s', (_, language) => {
  let texts: Record<keyof typeof en, string>;
  beforeAll(async () => {
    texts = (await language.load()).default;
  });

  it('have the same keys as in English', () => {
    expect(Object.keys(texts).sort()).toEqual([...keys].sort());
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
