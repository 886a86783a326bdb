import type { Language } from './Language';
import { withNamesIn } from './withNamesIn';
import type { Words } from './words';

/** `{{name}}`, or `{{name, number}}` with one of the formats. */
const PLACE =
  /\{\{(\w+)(?:, (span|number|rate|duration|seconds|minutes|amount|moment))?\}\}/g;

/** As on the screens. */
const LEAST_RATE = 0.01;

/** How a figure is written, by the format of its place; `unit` is the parameter of that name. */
const FORMATS: Record<
  string,
  (figure: number, language: Language, unit?: string | number) => string
> = {
  /** What is counted. */
  number: (count, { numbers }) => numbers.format(count),
  /** A second, in three digits; what is little never rounds to nothing. */
  rate: (perSecond, { numbers }) =>
    perSecond > 0 && perSecond < LEAST_RATE
      ? `<${numbers.format(LEAST_RATE)}`
      : numbers.format(
          perSecond < 1000
            ? Number(perSecond.toPrecision(3))
            : Math.round(perSecond),
        ),
  /** Seconds, in the largest unit of which there are two. */
  span: spanIn,
  /** Milliseconds: `767 ms`, `13.34 s`. */
  duration: durationIn,
  /** Seconds as they are. */
  seconds: (seconds, { units }) => `${seconds} ${units.second}`,
  /** Seconds, in minutes from two of them on. */
  minutes: (seconds, { units }) =>
    seconds < 120
      ? `${Math.round(seconds)} ${units.second}`
      : `${Math.round(seconds / 60)} ${units.minute}`,
  /** What `unit` says: `ms`, `tokens`, or none. */
  amount: (value, language, unit) => {
    if (unit === 'ms') {
      return durationIn(value, language);
    }
    return unit === 'tokens'
      ? `${value} ${language.units.token}`
      : String(value);
  },
};

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
    ? withNamesIn(filled.join(language.between), language)
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
  // What has a name in each language, as a gate has.
  const named = paramIn(language.key, name);
  const param = params[Object.hasOwn(params, named) ? named : name];
  if (format === 'moment') {
    return momentIn(String(param), language);
  }
  // What older releases stored is text, with its unit.
  return format && typeof param === 'number'
    ? FORMATS[format](param, language, params.unit)
    : String(param);
}

/**
 * The parameter that fills a place in one language alone; where there is none, that of the place's name does.
 *
 * @param key - of the language (`languageKey`)
 * @public
 */
export function paramIn(key: string, name: string): string {
  return `${name}.${key}`;
}

/** Where a text is filled, and as it is written there. */
interface Place {
  place: string;
  name: string;
  format?: string;
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
      format,
    });
    from = match.index + place.length;
  }
  pieces.push(text.slice(from));
  piecesOfTexts.set(text, pieces);
  return pieces;
}

/** `7 d`, `36 h` */
function spanIn(seconds: number, { units }: Language): string {
  const { unit, seconds: length } =
    SPANS.find(one => seconds >= 2 * one.seconds) ?? SPANS[SPANS.length - 1];
  return `${Math.round(seconds / length)} ${units[unit]}`;
}

/** ISO 8601 in, `Nov 29, 2026, 9:49 PM UTC`; what is no moment stays as it is. */
function momentIn(text: string, { moments }: Language): string {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? text : moments.format(moment);
}

function durationIn(ms: number, { units }: Language): string {
  return ms >= 1000
    ? `${Number((ms / 1000).toFixed(2))} ${units.second}`
    : `${Math.round(ms)} ${units.millisecond}`;
}
