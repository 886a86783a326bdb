import { inTurns } from './inTurns';
import { endOfItem, endOfString, opens, skipBlank } from './jsonText';

/**
 * What is shorter is parsed at once, characters: that takes 25 ms at the worst. Of four million characters `JSON.parse` makes
 * up to half a second, where every object has keys of its own.
 */
const AT_ONCE = 256 * 1024;
/** So much of what is longer is parsed in a turn, characters: a few milliseconds. */
const SLICE = 128 * 1024;

/**
 * As `JSON.parse`, but gives way to whatever else waits while it parses a long text: an answer of eight megabytes would be
 * parsed in one go for a fifth of a second, in which the portal answers nobody. What is longer than a slice is taken apart
 * into its items, and those into theirs; `JSON.parse` reads as many of them at a time as a slice has. A key `__proto__` of
 * what is taken apart is not kept; nothing that is read here has one.
 *
 * @param json - nested no deeper than {@link DEEPEST_ANSWER}
 * @throws SyntaxError where the text is no JSON
 */
export async function parseInSlices(json: string): Promise<unknown> {
  const start = skipBlank(json, 0);
  if (json.length <= AT_ONCE || !opens(json.charCodeAt(start))) {
    return JSON.parse(json);
  }
  const { value, end } = await takeApart(json, start);
  if (skipBlank(json, end) < json.length) {
    throw new SyntaxError('The text goes on after its value.');
  }
  return value;
}

/** A value, and where what follows it begins. */
interface Read {
  value: unknown;
  end: number;
}

/** What a list and an object that are taken apart have in common. */
abstract class Long<T extends object> {
  abstract readonly value: T;
  #isEmpty = true;

  constructor(private readonly brackets: string) {}

  /** Items with commas between them. */
  parse(items: string): void {
    if (this.#add(items) === 0) {
      throw new SyntaxError('An item is missing before a comma.');
    }
    this.#isEmpty = false;
  }

  /** The same, after which nothing comes: of an empty list that is no item. */
  parseLast(items: string): void {
    if (this.#add(items) === 0 && !this.#isEmpty) {
      throw new SyntaxError('An item is missing after a comma.');
    }
  }

  /** An item that is longer than a slice. @returns where it ends */
  async parseLong(json: string, from: number): Promise<number> {
    const end = await this.readItem(json, from);
    this.#isEmpty = false;
    return end;
  }

  /** @returns where what follows its closing bracket begins, which is expected at a position */
  endAt(json: string, at: number): number {
    const [, closing] = this.brackets;
    if (json.charAt(at) !== closing) {
      throw new SyntaxError(`There is no ${closing} at ${at}.`);
    }
    return at + 1;
  }

  #add(items: string): number {
    const [opening, closing] = this.brackets;
    return this.addAll(JSON.parse(`${opening}${items}${closing}`));
  }

  /** @returns how many */
  protected abstract addAll(parsed: T): number;

  protected abstract readItem(json: string, from: number): Promise<number>;
}

class LongList extends Long<unknown[]> {
  readonly value: unknown[] = [];

  constructor() {
    super('[]');
  }

  protected addAll(parsed: unknown[]): number {
    for (const item of parsed) {
      this.value.push(item);
    }
    return parsed.length;
  }

  protected async readItem(json: string, from: number): Promise<number> {
    const { value, end } = await readLong(json, from);
    this.value.push(value);
    return end;
  }
}

class LongObject extends Long<Record<string, unknown>> {
  readonly value: Record<string, unknown> = {};

  constructor() {
    super('{}');
  }

  protected addAll(parsed: Record<string, unknown>): number {
    const keys = Object.keys(parsed);
    keys.forEach(key => this.#set(key, parsed[key]));
    return keys.length;
  }

  protected async readItem(json: string, from: number): Promise<number> {
    const start = skipBlank(json, from);
    const end = endOfString(json, start + 1) + 1;
    const colon = skipBlank(json, end);
    if (json.charAt(start) !== '"' || json.charAt(colon) !== ':') {
      throw new SyntaxError(`There is no key with a value at ${start}.`);
    }
    const key: string = JSON.parse(json.slice(start, end));
    const read = await readLong(json, colon + 1);
    this.#set(key, read.value);
    return read.end;
  }

  #set(key: string, value: unknown): void {
    if (key !== '__proto__') {
      this.value[key] = value;
    }
  }
}

/** The list or object that begins at a position. */
async function takeApart(json: string, start: number): Promise<Read> {
  const whole = json.charAt(start) === '[' ? new LongList() : new LongObject();
  /** Of those that are to be parsed together. */
  let first = start + 1;
  let next = first;
  for (;;) {
    const end = endOfItem(json, next, SLICE);
    if (end !== undefined && (next === first || end - first <= SLICE)) {
      if (json.charAt(end) === ',') {
        next = end + 1;
        continue;
      }
      whole.parseLast(json.slice(first, end));
      return { value: whole.value, end: whole.endAt(json, end) };
    }
    await inTurns();
    if (next > first) {
      whole.parse(json.slice(first, next - 1));
    }
    first = skipBlank(json, next);
    if (end === undefined && first === next) {
      const after = skipBlank(json, await whole.parseLong(json, next));
      if (json.charAt(after) !== ',') {
        return { value: whole.value, end: whole.endAt(json, after) };
      }
      first = after + 1;
    }
    next = first;
  }
}

/** One of any length that stands by itself. */
async function readLong(json: string, from: number): Promise<Read> {
  const start = skipBlank(json, from);
  if (opens(json.charCodeAt(start))) {
    return takeApart(json, start);
  }
  const end = endOfItem(json, start, Infinity)!;
  return { value: JSON.parse(json.slice(start, end)), end };
}
