import { translations } from '../texts';
import { inEnglish, inLanguage, withNamesIn, wording } from '.';
import { nameTextsEn } from './texts/namesEn';

const names = Object.keys(nameTextsEn).map(key => {
  const words = wording(key as keyof typeof nameTextsEn, {
    name: 'BlackHoleCluster',
    number: 12,
  });
  return [inEnglish([words]), words] as const;
});

describe.each(Object.entries(translations))('in %s', (_, { sentences }) => {
  it.each(names)('tells %s wherever it stands', (name, words) => {
    const told = inLanguage([words], sentences)!;
    expect(told).not.toBe(name);
    const answer = (one: string) => ({
      nodes: [{ id: `shop/${one}`, name: one, rate: 1.5, known: true }],
      edges: [{ source: `shop/${one}` }],
      outage: { words: [{ key: 'verbatim', params: { text: `${one} ×2` } }] },
      at: null,
    });
    expect(withNamesIn(answer(name), sentences)).toEqual(answer(told));
    expect(
      inLanguage([wording('verbatim', { text: name })], sentences),
    ).toContain(told);
  });

  it('leaves all else as it is', () => {
    const answer = { name: 'callers', of: ['Callers that Istio', '(1)', ''] };
    expect(withNamesIn(answer, sentences)).toEqual(answer);
  });
});
