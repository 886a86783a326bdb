import { inTurns } from './inTurns';

/** So much is looked through in a turn, characters: a few milliseconds. */
const SLICE = 256 * 1024;

const QUOTE = 0x22;
const ESCAPE = 0x5c;
/** With this bit a bracket and a brace are one. */
const BRACE = 0x20;
const OPENS = 0x7b;
const CLOSES = 0x7d;

/** Lists and objects within each other: what reads an answer of a source goes down by recursion. */
export const DEEPEST_ANSWER = 200;

/**
 * Whether a JSON text has lists and objects nested deeper than so many. Linear, before anything parses it, and in turns with
 * other work: an answer about a whole mesh is of forty million characters.
 */
export async function isDeeperThan(
  most: number,
  json: string,
): Promise<boolean> {
  let depth = 0;
  let turnEnds = SLICE;
  for (let at = 0; at < json.length; at++) {
    if (at > turnEnds) {
      await inTurns();
      turnEnds = at + SLICE;
    }
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at + 1);
    } else if ((code | BRACE) === OPENS) {
      depth += 1;
      if (depth > most) {
        return true;
      }
    } else if ((code | BRACE) === CLOSES) {
      depth -= 1;
    }
  }
  return false;
}

/** Whether a JSON text has a string longer than so many characters, a key or a value. As {@link isDeeperThan}. */
export async function hasLongerText(
  most: number,
  json: string,
): Promise<boolean> {
  let turnEnds = SLICE;
  let at = json.indexOf('"');
  while (at !== -1) {
    if (at > turnEnds) {
      await inTurns();
      turnEnds = at + SLICE;
    }
    const end = endOfString(json, at + 1, most);
    if (end - at - 1 > most) {
      return true;
    }
    at = json.indexOf('"', end + 1);
  }
  return false;
}

/**
 * Where a string ends whose content begins at a position; the text's end where it does not.
 *
 * @param most - of a longer one it is not looked for any further
 */
function endOfString(json: string, from: number, most = Infinity): number {
  let at = from;
  while (
    at < json.length &&
    at - from <= most &&
    json.charCodeAt(at) !== QUOTE
  ) {
    at += json.charCodeAt(at) === ESCAPE ? 2 : 1;
  }
  return at;
}
