const QUOTE = 0x22;
const ESCAPE = 0x5c;
/** With this bit a bracket and a brace are one. */
const BRACE = 0x20;
const OPENS = 0x7b;
const CLOSES = 0x7d;

/** Lists and objects within each other: what reads an answer of a source goes down by recursion. */
export const DEEPEST_ANSWER = 200;

/** Whether a JSON text has lists and objects nested deeper than so many. Linear, and before anything parses it. */
export function isDeeperThan(most: number, json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
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

/** Whether a JSON text has a string longer than so many characters, a key or a value. Linear, as {@link isDeeperThan}. */
export function hasLongerText(most: number, json: string): boolean {
  let at = json.indexOf('"');
  while (at !== -1) {
    const end = endOfString(json, at + 1);
    if (end - at - 1 > most) {
      return true;
    }
    at = json.indexOf('"', end + 1);
  }
  return false;
}

/** Where a string ends whose content begins at a position; the text's end where it does not. */
function endOfString(json: string, from: number): number {
  let at = from;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) {
    at += json.charCodeAt(at) === ESCAPE ? 2 : 1;
  }
  return at;
}
