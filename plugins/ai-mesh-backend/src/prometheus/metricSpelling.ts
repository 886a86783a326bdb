import { escapeRegex } from './promql';

/** What stands between two words of a name: exporters replace OpenTelemetry's dots, vLLM writes a colon. */
const BETWEEN = '[_:.]';
/** A namespace that a scrape configuration or an exporter puts before all names: `kserve_vllm:`, `otel_gen_ai_`. */
const PREFIX = `(?:[a-zA-Z0-9_.:]*${BETWEEN})?`;

/** Milliseconds of the units of time that names may end in. */
const UNIT_MS: Readonly<Record<string, number>> = {
  seconds: 1000,
  milliseconds: 1,
  microseconds: 0.001,
  nanoseconds: 0.000_001,
  minutes: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  ns: 0.000_001,
};
const TIMES = Object.keys(UNIT_MS).join('|');
/** Units of what is counted, which exporters add to names or leave out. */
const COUNTED = 'tokens?|requests?|ratio|1';

/** A metric's name without what exporters differ in. */
interface Parsed {
  words: string[];
  /** What the series is a part of: a histogram's count, sum or bucket; a counter. */
  part?: 'count' | 'sum' | 'bucket' | 'total';
}

function parse(name: string): Parsed {
  const [, whole, part] = /^(.*?)(?:_(count|sum|bucket|total))?$/.exec(name)!;
  const words = whole.split(/[_:.]/);
  if (words.length > 1 && Object.hasOwn(UNIT_MS, words.at(-1)!)) {
    words.pop();
  }
  return { words, part: part as Parsed['part'] };
}

/**
 * A regular expression (RE2 and JavaScript, to be anchored) of all names that exporters give a metric: behind a prefix,
 * with other separators, with another unit or none, and a counter without `_total`. Its first group is the unit.
 *
 * @param name - as its documentation writes it
 */
export function spellings(name: string): string {
  const { words, part } = parse(name);
  return `${PREFIX}${spelledWords(words)}${ending(part)}`;
}

/** The same of several metrics: what their names share stands there once for all that end alike. */
export function spellingsOfAll(names: Iterable<string>): string {
  const byPart = new Map<Parsed['part'], Set<string>>();
  for (const { words, part } of Array.from(names, parse)) {
    byPart.set(part, (byPart.get(part) ?? new Set()).add(spelledWords(words)));
  }
  const endings = Array.from(
    byPart,
    ([part, words]) => `(?:${[...words].join('|')})${ending(part)}`,
  );
  return `${PREFIX}(?:${endings.join('|')})`;
}

function spelledWords(words: readonly string[]): string {
  return words.map(escapeRegex).join(BETWEEN);
}

/** A unit or none, and what tells the part. */
function ending(part: Parsed['part']): string {
  const optional = part === 'total' ? '?' : '';
  const suffix = part ? `(?:_${part})${optional}` : '';
  return `(?:${BETWEEN}(${TIMES}|${COUNTED}))?${suffix}`;
}

/** Those of some names that are a metric's, the documented one first. */
export function spelt(name: string, among: Iterable<string>): string[] {
  const regex = new RegExp(`^(?:${spellings(name)})$`);
  return Array.from(among)
    .filter(one => regex.test(one))
    .sort(
      (a, b) =>
        Number(b === name) - Number(a === name) ||
        a.length - b.length ||
        a.localeCompare(b),
    );
}

/** Milliseconds of the unit that a spelling of a metric ends in; undefined where it names none. */
export function unitMsOf(name: string, spelling: string): number | undefined {
  const unit = new RegExp(`^(?:${spellings(name)})$`).exec(spelling)?.[1];
  return unit === undefined ? undefined : UNIT_MS[unit];
}

/** OpenTelemetry's attributes, which are labels with underscores unless an exporter leaves all names as they are. */
const ATTRIBUTES = [
  'error.type',
  'gen_ai.request.model',
  'gen_ai.token.type',
] as const;

/** A label as a series of this name has it: where names keep their dots, so do attributes. */
export function labelSpelt(label: string, metric: string): string {
  return metric.includes('.')
    ? (ATTRIBUTES.find(name => name.replaceAll('.', '_') === label) ?? label)
    : label;
}
