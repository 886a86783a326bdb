import type { Language } from './Language';
import type { Words } from './words';

/** `{{name}}`; `{{name, span}}` of seconds; `{{name, number}}` of what is counted. */
const PLACE = /\{\{(\w+)(?:, (span|number))?\}\}/g;

/** Terms may hold terms; no text of the catalogue goes deeper than this. */
const DEEPEST = 4;

/** Longest first. */
const SPANS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/**
 * Sentences in a language; undefined where the catalogue does not have them all, as of a newer backend's.
 *
 * @public
 */
export function inLanguage(
  words: readonly Words[],
  language: Language,
): string | undefined {
  const filled = words.map(one => fill(one, language));
  return filled.every(one => one !== undefined)
    ? filled.join(language.between)
    : undefined;
}

/**
 * One sentence; undefined where the catalogue does not have it, or a term of it. In one go: what fills a place is never
 * looked through for places.
 */
export function fill(
  words: Words,
  language: Language,
  depth = 0,
): string | undefined {
  const texts: Readonly<Record<string, string>> = language.texts;
  if (!Object.hasOwn(texts, words.key) || depth > DEEPEST) {
    return undefined;
  }
  let filled = '';
  for (const piece of piecesOf(texts[words.key])) {
    const text =
      typeof piece === 'string'
        ? piece
        : fillPlace(piece, words, language, depth);
    if (text === undefined) {
      return undefined;
    }
    filled += text;
  }
  return filled;
}

function fillPlace(
  { place, name, format }: Place,
  { params = {}, terms = {} }: Words,
  language: Language,
  depth: number,
): string | undefined {
  if (Object.hasOwn(terms, name)) {
    return fill({ key: terms[name], params, terms }, language, depth + 1);
  }
  if (!Object.hasOwn(params, name)) {
    return place;
  }
  const param = params[name];
  if (format === 'span') {
    return spanIn(language, Number(param));
  }
  // What is stored may be text.
  return format === 'number' && typeof param === 'number'
    ? language.numbers.format(param)
    : String(param);
}

/** Where a text is filled, and as it is written there. */
interface Place {
  place: string;
  name: string;
  format?: 'span' | 'number';
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
    const [place, name, format] = match;
    pieces.push(text.slice(from, match.index), {
      place,
      name,
      format: format as Place['format'],
    });
    from = match.index + place.length;
  }
  pieces.push(text.slice(from));
  piecesOfTexts.set(text, pieces);
  return pieces;
}

/** Seconds in the largest unit of which there are two: `7 d`, `36 h`. */
function spanIn({ units }: Language, seconds: number): string {
  const { unit, seconds: length } =
    SPANS.find(one => seconds >= 2 * one.seconds) ?? SPANS[SPANS.length - 1];
  return `${Math.round(seconds / length)} ${units[unit]}`;
}
