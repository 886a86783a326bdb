const QUOTE = 0x22;
const ESCAPE = 0x5c;
const COMMA = 0x2c;
/** With this bit a bracket and a brace are one. */
const BRACE = 0x20;
const OPENS = 0x7b;
const CLOSES = 0x7d;

/** Whether a list or an object begins with this character's code. */
export const opens = (code: number) => (code | BRACE) === OPENS;

/** Whether one ends with it. */
export const closes = (code: number) => (code | BRACE) === CLOSES;

export const isQuote = (code: number) => code === QUOTE;

/** Where a string ends whose content begins at a position; the text's end where it does not. Linear. */
export function endOfString(json: string, from: number): number {
  let end = json.indexOf('"', from);
  while (end !== -1 && isEscaped(json, from, end)) {
    end = json.indexOf('"', end + 1);
  }
  return end === -1 ? json.length : end;
}

function isEscaped(json: string, from: number, quote: number): boolean {
  let first = quote;
  while (first > from && json.charCodeAt(first - 1) === ESCAPE) {
    first -= 1;
  }
  return (quote - first) % 2 === 1;
}

/** Where what is no white space comes next. */
export function skipBlank(json: string, from: number): number {
  let at = from;
  while (' \t\n\r'.includes(json.charAt(at) || 'end')) {
    at += 1;
  }
  return at;
}

/**
 * Where an item ends of the list or object that it begins in: at the comma or the bracket after it, or the text's end.
 * Undefined where that is further than so many characters.
 */
export function endOfItem(
  json: string,
  from: number,
  most: number,
): number | undefined {
  let depth = 0;
  for (let at = from; at < json.length; at++) {
    if (at - from > most) {
      return undefined;
    }
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at + 1);
    } else if (opens(code)) {
      depth += 1;
    } else if (closes(code)) {
      if (depth === 0) {
        return at;
      }
      depth -= 1;
    } else if (code === COMMA && depth === 0) {
      return at;
    }
  }
  return json.length;
}
