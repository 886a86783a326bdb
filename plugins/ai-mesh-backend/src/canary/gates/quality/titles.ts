import {
  type CanaryGateTitle,
  english,
  paramIn,
  translations,
} from '@ai-mesh/plugin-ai-mesh-common';

const languages = Object.values(translations).map(({ sentences }) => sentences);

/** What fills the places of gates in a text, in each language: their titles in it, else the English. */
export function titlesOf(titles: readonly CanaryGateTitle[]) {
  const inOne = ({ key, listed }: { key: string; listed: string }) =>
    titles.map(title => title[key] ?? title.en).join(listed);
  return {
    gates: inOne(english),
    ...Object.fromEntries(
      languages.map(language => [
        paramIn(language.key, 'gates'),
        inOne(language),
      ]),
    ),
  };
}

/** The same of one gate. */
export function titleOf(title: CanaryGateTitle) {
  return {
    gate: title.en,
    ...Object.fromEntries(
      languages.flatMap(({ key }) =>
        title[key] === undefined ? [] : [[paramIn(key, 'gate'), title[key]]],
      ),
    ),
  };
}
