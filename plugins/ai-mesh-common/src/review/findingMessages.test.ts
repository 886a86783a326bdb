import { findingCodeSchema } from '../api';
import { findingMessages } from './findingMessages';
import { fillText, findingText } from './findingText';
import { translations } from '../texts';

const keys = Object.keys(findingMessages) as (keyof typeof findingMessages)[];

function parameters(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
}

describe("the review's messages", () => {
  it('cover every code', () => {
    const codes = new Set(keys.map(key => findingMessages[key].code));
    expect([...codes].sort()).toEqual([...findingCodeSchema.options].sort());
  });

  it.each(keys)('%s is named after its code and has words', key => {
    const { code, link } = findingMessages[key];
    expect(key.split('.')[0]).toBe(code);
    expect(URL.canParse(link)).toBe(true);
    const { title, message, why } = findingText(key)!;
    expect(title.length).toBeLessThan(45);
    expect(message).toMatch(/[.}]$/);
    expect(why).toMatch(/\.$/);
    expect(parameters(title + why)).toEqual([]);
  });

  it.each(keys)(
    '%s says the same in every language, with the same parameters',
    key => {
      const english = findingText(key)!;
      for (const { findings } of Object.values(translations)) {
        const { title, message, why } = findings[key];
        expect(parameters(message)).toEqual(parameters(english.message));
        expect(title).not.toBe(english.title);
        expect(why).not.toBe(english.why);
      }
      const chinese = translations['zh-CN'].findings[key];
      expect(chinese.title + chinese.why).toMatch(/[\u4e00-\u9fff]/);
    },
  );

  it('leaves a parameter visible that is not given', () => {
    expect(fillText('{{a}} and {{b}}', { a: 1 })).toBe('1 and {{b}}');
    expect(fillText('{{constructor}}', {})).toBe('{{constructor}}');
  });

  it('has no words for a key of a newer version', () => {
    expect(findingText('AIM999')).toBeUndefined();
  });
});
