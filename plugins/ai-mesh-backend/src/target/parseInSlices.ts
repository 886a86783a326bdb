import { JSONParser } from '@streamparser/json';
import { inTurns } from './inTurns';
import { endOfString } from './isDeeperThan';

/** What is shorter is parsed at once, characters: that takes 25 ms at the worst. */
const AT_ONCE = 256 * 1024;
/** So much of what is longer is parsed in a turn: a few milliseconds. */
const SLICE = 128 * 1024;
/** What is long deeper within is left to the streaming parser: each level is looked through once more. */
const MOST_LEVELS = 8;

const [COMMA, QUOTE] = [',', '"'].map(one => one.charCodeAt(0));
const [LIST, LIST_END] = ['[', ']'].map(one => one.charCodeAt(0));
const [OBJECT, OBJECT_END] = ['{', '}'].map(one => one.charCodeAt(0));
/** With this bit a bracket and a brace are one. */
const BRACE = 0x20;

const COLON = ':'.charCodeAt(0);
const BLANKS = new Set([...' \t\n\r'].map(one => one.charCodeAt(0)));

/** A list that grows by some members at a time. */
class LongList {
  readonly value: unknown[] = [];

  /** @param members - as JSON, with commas between them; of an empty list there may be none */
  add(members: string, mayBeNone = false): void {
    const some = JSON.parse(`[${members}]`) as unknown[];
    refuseNone(some.length, mayBeNone);
    for (const one of some) {
      this.value.push(one);
    }
  }

  split(member: string): { key: string; value: string } {
    return { key: '', value: withoutBlanks(member) };
  }

  put(_: string, value: unknown): void {
    this.value.push(value);
  }
}

/** The same of an object. */
class LongObject {
  readonly value: Record<string, unknown> = {};

  add(members: string, mayBeNone = false): void {
    const some = Object.entries(JSON.parse(`{${members}}`) as object);
    refuseNone(some.length, mayBeNone);
    for (const [key, value] of some) {
      this.put(key, value);
    }
  }

  split(member: string): { key: string; value: string } {
    const named = withoutBlanks(member);
    const end = endOfString(named, 1) + 1;
    const value = withoutBlanks(named.slice(end));
    if (named.charCodeAt(0) !== QUOTE || value.charCodeAt(0) !== COLON) {
      throw new SyntaxError('A member of an object has no key.');
    }
    return {
      key: JSON.parse(named.slice(0, end)) as string,
      value: withoutBlanks(value.slice(1)),
    };
  }

  put(key: string, value: unknown): void {
    if (key !== '__proto__') {
      this.value[key] = value;
    }
  }
}

/**
 * As `JSON.parse`, but gives way to whatever else waits while it parses a long text: an answer of eight megabytes would be
 * parsed in one go for a fifth of a second, in which the portal answers nobody. Of a long list or object some members at a
 * time are parsed; a streaming parser would need ten times as long. A key `__proto__` of a long object is not kept; nothing
 * that is read here has one.
 *
 * @throws Error where the text is no JSON
 */
export async function parseInSlices(json: string): Promise<unknown> {
  return json.length <= AT_ONCE
    ? JSON.parse(json)
    : parseLong(withoutBlanks(json), MOST_LEVELS);
}

async function parseLong(json: string, levels: number): Promise<unknown> {
  const opening = json.charCodeAt(0);
  if (opening !== LIST && opening !== OBJECT) {
    return JSON.parse(json);
  }
  if (levels === 0) {
    return stream(json);
  }
  const isList = opening === LIST;
  const whole = isList ? new LongList() : new LongObject();
  /** Where members begin that are not parsed yet, and the last of them. */
  let [from, last] = [1, 1];
  let [depth, turn] = [0, 0];
  let ends = 0;
  const parseUntil = (end: number) => {
    if (from < end) {
      whole.add(json.slice(from, end - 1));
    }
  };
  for (let at = 1; at < json.length && ends === 0; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at + 1);
    } else if ((code | BRACE) === OBJECT) {
      depth += 1;
    } else if ((code | BRACE) === OBJECT_END && depth > 0) {
      depth -= 1;
    } else if (depth === 0 && isEnd(code)) {
      if (at - last > AT_ONCE) {
        parseUntil(last);
        const { key, value } = whole.split(json.slice(last, at));
        whole.put(key, await parseLong(value, levels - 1));
        from = at + 1;
      } else if (at - from > SLICE || code !== COMMA) {
        whole.add(json.slice(from, at), code !== COMMA && from === 1);
        from = at + 1;
      }
      last = at + 1;
      ends = code === COMMA ? 0 : at;
    }
    if (at - turn > SLICE) {
      turn = at;
      await inTurns();
    }
  }
  if (
    ends !== json.length - 1 ||
    json.charCodeAt(ends) !== (isList ? LIST_END : OBJECT_END)
  ) {
    throw new SyntaxError('The text does not end where its value does.');
  }
  return whole.value;
}

function isEnd(code: number): boolean {
  return code === COMMA || (code | BRACE) === OBJECT_END;
}

/** Without the blanks around it that JSON may have: others make a text that is none. */
function withoutBlanks(json: string): string {
  let [from, to] = [0, json.length];
  while (from < to && BLANKS.has(json.charCodeAt(from))) {
    from += 1;
  }
  while (to > from && BLANKS.has(json.charCodeAt(to - 1))) {
    to -= 1;
  }
  return json.slice(from, to);
}

/** Nothing between two commas, or after the last one, is no member. */
function refuseNone(count: number, mayBeNone: boolean): void {
  if (count === 0 && !mayBeNone) {
    throw new SyntaxError('There is nothing between two commas.');
  }
}

async function stream(json: string): Promise<unknown> {
  const bytes = Buffer.from(json);
  const parser = new JSONParser({ paths: ['$'], keepStack: false });
  let whole: { value: unknown } | undefined;
  parser.onValue = ({ value }) => {
    whole = { value };
  };
  for (let from = 0; from < bytes.length; from += SLICE) {
    await inTurns();
    parser.write(bytes.subarray(from, from + SLICE));
  }
  if (!whole) {
    throw new SyntaxError('The text ends before its value does.');
  }
  return whole.value;
}
