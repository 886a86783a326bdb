import type { Language } from './Language';
import { nameTextsEn } from './texts/namesEn';

const PLACE = /\{\{\w+\}\}/;

/** Each of the names as English has it and with what fills its place. */
const names = Object.entries(nameTextsEn).map(([key, text]) => ({
  key: key as keyof typeof nameTextsEn,
  pattern: new RegExp(
    text.replace(/[()]/g, '\\$&').replace(PLACE, '([^()]*)'),
    'g',
  ),
}));

/**
 * An answer, or a text of one, with the names in a language that the backend makes where the mesh gives none or none that
 * may be told. The API has them in English, in lists, sentences and ids alike.
 *
 * @public
 */
export function withNamesIn<T>(answer: T, language: Language): T {
  return renamed(answer, language) as T;
}

function renamed(value: unknown, language: Language): unknown {
  if (typeof value === 'string') {
    return names.reduce(
      (text, { key, pattern }) =>
        text.replace(pattern, (_, filling) =>
          language.texts[key].replace(PLACE, () => filling),
        ),
      value,
    );
  }
  if (Array.isArray(value)) {
    return value.map(one => renamed(one, language));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, renamed(one, language)]),
  );
}
