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

/** In one go: what fills a place is never looked through for places. */
function fill(words: Words, texts: Texts, depth = 0): string | undefined {
  if (!Object.hasOwn(texts, words.key) || depth > DEEPEST) {
    return undefined;
  }
  let filled = '';
  for (const piece of piecesOf(texts[words.key])) {
    const text =
      typeof piece === 'string' ? piece : fillPlace(piece, words, texts, depth);
    if (text === undefined) {
      return undefined;
    }
    filled += text;
  }
  return filled;
}

function fillPlace(
  { place, name, isSpan }: Place,
  { params = {}, terms = {} }: Words,
  texts: Texts,
  depth: number,
): string | undefined {
  if (Object.hasOwn(terms, name)) {
    return fill({ key: terms[name], params, terms }, texts, depth + 1);
  }
  if (!Object.hasOwn(params, name)) {
    return place;
  }
  return isSpan ? spanIn(texts, Number(params[name])) : String(params[name]);
}

/** Where a text is filled, and as it is written there. */
interface Place {
  place: string;
  name: string;
  isSpan: boolean;
}

type Pieces = readonly (string | Place)[];

/** By text. Each of the catalogue is taken apart once: a look at a canary says some dozens of sentences. */
const piecesOfTexts = new Map<string, Pieces>();

function piecesOf(text: string): Pieces {
  const found = piecesOfTexts.get(text);
  if (found) {
    return found;
  }
  let from = 0;
  const pieces: (string | Place)[] = [];
  for (const match of text.matchAll(PLACE)) {
    const [place, name, span] = match;
    const isSpan = span !== undefined;
    pieces.push(text.slice(from, match.index), { place, name, isSpan });
    from = match.index + place.length;
  }
  pieces.push(text.slice(from));
  piecesOfTexts.set(text, pieces);
  return pieces;
}

/** Seconds in the largest unit of which there are two: `7 d`, `36 h`. */
function spanIn(texts: Texts, seconds: number): string {
  const unit =
    SPANS.find(one => seconds >= 2 * one.seconds) ?? SPANS[SPANS.length - 1];
  const count = Math.round(seconds / unit.seconds);
  return `${count} ${texts === textsZhCN ? unit.zh : unit.en}`;
}
