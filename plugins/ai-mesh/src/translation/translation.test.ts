import { en } from './en';
import { zh } from './zh';

const variables = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(match => match[1]).sort();

const entries = Object.entries(en) as Array<[keyof typeof en, string]>;

describe('the texts', () => {
  it('have the same keys in English and in Simplified Chinese', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(entries)('%s says something in both languages', key => {
    expect(en[key].trim()).not.toBe('');
    expect(zh[key].trim()).not.toBe('');
  });

  it.each(entries)('%s fills in the same values in both languages', key => {
    expect(variables(zh[key])).toEqual(variables(en[key]));
  });
});
