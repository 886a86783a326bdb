import { textsEn, type TextKey } from './texts/en';
import { textsZhCN } from './texts/zhCN';
import type { Sentences, Words } from './words';

type Texts = Readonly<Record<string, string>>;

/** `{{name}}`; `{{name, span}}` of seconds. */
const PLACE = /\{\{(\w+)(, span)?\}\}/g;

/** Longest first. */
const SPANS = [
  { seconds: 86_400, en: 'd', zh: '天' },
  { seconds: 3600, en: 'h', zh: '小时' },
  { seconds: 60, en: 'min', zh: '分钟' },
  { seconds: 1, en: 's', zh: '秒' },
] as const;

/**
 * A sentence of the catalogue.
 *
 * @public
 */
export function wording(
  key: TextKey,
  params?: Words['params'],
  terms?: Readonly<Record<string, TextKey>>,
): Words {
  return { key, ...(params && { params }), ...(terms && { terms }) };
}

/**
 * Sentences as an API gives them: in English, and as words for other languages.
 *
 * @public
 */
export function said(...words: readonly Words[]): {
  message: string;
  words: Words[];
} {
  return { message: inEnglish(words), words: [...words] };
}

/**
 * Sentences as words: what the catalogue does not have is somebody else's, word for word; none of nothing.
 *
 * @public
 */
export function wordsOf({
  message,
  words,
}: {
  message?: string;
  words?: readonly Words[];
}): Words[] {
  if (words) {
    return [...words];
  }
  return message ? [wording('verbatim', { text: message })] : [];
}

/**
 * What several say, one after another and each once; undefined where nobody says anything.
 *
 * @public
 */
export function allSaid(
  ...all: readonly (
    { message?: string; words?: readonly Words[] } | undefined
  )[]
): Sentences | undefined {
  const distinct = new Map(
    all.flatMap(one => (one?.message ? [[one.message, one] as const] : [])),
  );
  if (distinct.size === 0) {
    return undefined;
  }
  const words = [...distinct.values()].flatMap(wordsOf);
  return {
    message: inEnglish(words),
    // What is somebody else's alone needs no words.
    ...(words.some(({ key }) => key !== 'verbatim') && { words }),
  };
}

/**
 * Sentences in English.
 *
 * @public
 */
export function inEnglish(words: readonly Words[]): string {
  return words.map(one => fill(one, textsEn) ?? '').join(' ');
}

/**
 * Sentences in the reader's language; undefined where the catalogue does not have them all in it, as of a newer backend's.
 *
 * @public
 */
export function inLanguage(
  words: readonly Words[],
  language: string,
): string | undefined {
  const isChinese = language.startsWith('zh');
  if (!isChinese && !language.startsWith('en')) {
    return undefined;
  }
  const filled = words.map(one => fill(one, isChinese ? textsZhCN : textsEn));
  return filled.every(one => one !== undefined)
    ? filled.join(isChinese ? '' : ' ')
    : undefined;
}

/** Terms may hold terms; no text of the catalogue goes deeper than this. */
const DEEPEST = 4;

function fill(
  { key, params = {}, terms = {} }: Words,
  texts: Texts,
  depth = 0,
): string | undefined {
  if (!Object.hasOwn(texts, key) || depth > DEEPEST) {
    return undefined;
  }
  let isWhole = true;
  // In one go: what fills a place is never looked through for places.
  const text = texts[key].replace(PLACE, (place, name: string, span) => {
    if (Object.hasOwn(terms, name)) {
      const term = fill({ key: terms[name], params, terms }, texts, depth + 1);
      isWhole &&= term !== undefined;
      return term ?? place;
    }
    if (!Object.hasOwn(params, name)) {
      return place;
    }
    return span ? spanIn(texts, Number(params[name])) : String(params[name]);
  });
  return isWhole ? text : undefined;
}

/** Seconds in the largest unit of which there are two: `7 d`, `36 h`. */
function spanIn(texts: Texts, seconds: number): string {
  const unit =
    SPANS.find(one => seconds >= 2 * one.seconds) ?? SPANS[SPANS.length - 1];
  const count = Math.round(seconds / unit.seconds);
  return `${count} ${texts === textsZhCN ? unit.zh : unit.en}`;
}
