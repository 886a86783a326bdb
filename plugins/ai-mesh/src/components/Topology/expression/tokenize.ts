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

/** Everything but a quoted text whose end is missing is some token. A quotation mark within one is written twice. */
const token =
  /\s*(?:"((?:[^"]|"")*)"|(!=|>=|<=|[=<>])|([()!])|([^\s()!=<>"]+)|("))/y;

/** The tokens of an expression, or its first mistake. */
export function tokenize(written: string): Token[] | Mistake {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(written); match; match = token.exec(written)) {
    const [all, quoted, operator, sign, word, quote] = match;
    const at = match.index + all.length - all.trimStart().length;
    if (quote) {
      return { at, problem: { kind: 'unclosed-quote' } };
    }
    if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', text: quoted.replaceAll('""', '"'), at });
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
