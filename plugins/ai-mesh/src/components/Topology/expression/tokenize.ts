import type { Mistake } from './Expression';

/** A word, an operator or a bracket, and where it is. */
export interface Token {
  kind: 'word' | 'quoted' | 'operator' | 'open' | 'close' | 'not';
  text: string;
  /** Characters before it. */
  at: number;
}

const kinds: Record<string, Token['kind']> = {
  '(': 'open',
  ')': 'close',
  '!': 'not',
};

/**
 * Everything but a quoted text whose end is missing is some token. A quotation mark within one is written twice, unless the
 * text stands between a Chinese one's two.
 */
const token =
  /\s*(?:"((?:[^"]|"")*)"|“([^”]*)”|(!=|>=|<=|[=<>])|([()!])|([^\s()!=<>"“”]+)|(["“”]))/y;

/** A quoted text, which means what it is, or a sign that a Chinese keyboard writes as wide as a character. */
const wide = /"(?:[^"]|"")*"|“[^”]*”|[\uff01-\uff5e]/g;
/** How far those signs are from ASCII's. */
const WIDE = 0xfee0;

/** The same with ASCII's signs, each in its place. */
function narrowed(written: string): string {
  return written.replace(wide, found =>
    found.length === 1
      ? String.fromCharCode(found.charCodeAt(0) - WIDE)
      : found,
  );
}

/** The tokens of an expression, or its first mistake. */
export function tokenize(written: string): Token[] | Mistake {
  const tokens: Token[] = [];
  const text = narrowed(written);
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [all, quoted, between, operator, sign, word, quote] = match;
    const at = match.index + all.length - all.trimStart().length;
    if (quote) {
      return { at, problem: { kind: 'unclosed-quote' } };
    }
    if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', text: quoted.replaceAll('""', '"'), at });
    } else if (between !== undefined) {
      tokens.push({ kind: 'quoted', text: between, at });
    } else if (operator) {
      tokens.push({ kind: 'operator', text: operator, at });
    } else if (sign) {
      tokens.push({ kind: kinds[sign], text: sign, at });
    } else {
      tokens.push({ kind: 'word', text: word, at });
    }
  }
  return tokens;
}
