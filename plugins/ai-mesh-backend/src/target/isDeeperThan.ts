import { closes, endOfString, isQuote, opens } from './jsonText';

/** Lists and objects within each other: what reads an answer of a source goes down by recursion. */
export const DEEPEST_ANSWER = 200;

/** Whether a JSON text has lists and objects nested deeper than so many. Linear, and before anything parses it. */
export function isDeeperThan(most: number, json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (isQuote(code)) {
      at = endOfString(json, at + 1);
    } else if (opens(code)) {
      depth += 1;
      if (depth > most) {
        return true;
      }
    } else if (closes(code)) {
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
