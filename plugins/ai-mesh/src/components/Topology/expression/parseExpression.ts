import {
  type Expression,
  type Mark,
  marks,
  type Mistake,
  type NumberField,
  numberFields,
  type Operator,
  type Parsed,
  type TextField,
  textFields,
} from './Expression';
import { meantBy } from './misspelling';
import { examples, isUnit, readNumber } from './readNumber';
import { type Token, tokenize } from './tokenize';

/** Characters: an address holds no more, and nobody writes more. */
const MOST_CHARACTERS = 500;
/** Brackets inside of brackets. */
const MOST_DEPTH = 20;

const fields = [...textFields, ...numberFields];

class ParseMistake extends Error {
  constructor(readonly mistake: Mistake) {
    super(mistake.problem.kind);
  }
}

class Reader {
  #next = 0;
  #depth = 0;

  constructor(
    readonly tokens: readonly Token[],
    readonly end: number,
  ) {}

  readAll(): Expression {
    const expression = this.#choice();
    const rest = this.#peek();
    if (rest) {
      throw wrong(rest.at, { kind: 'unopened' });
    }
    return expression;
  }

  #choice(): Expression {
    const parts = [this.#together()];
    while (isWord(this.#peek(), 'or')) {
      this.#next += 1;
      parts.push(this.#together());
    }
    return parts.length === 1 ? parts[0] : { kind: 'or', parts };
  }

  #together(): Expression {
    const parts = [this.#opposite()];
    for (;;) {
      const token = this.#peek();
      if (!token || token.kind === 'close' || isWord(token, 'or')) {
        return parts.length === 1 ? parts[0] : { kind: 'and', parts };
      }
      if (isWord(token, 'and')) {
        this.#next += 1;
      }
      parts.push(this.#opposite());
    }
  }

  #opposite(): Expression {
    const token = this.#peek();
    if (token?.kind === 'not' || isWord(token, 'not')) {
      this.#next += 1;
      return this.#deeper(token!, () => ({
        kind: 'not',
        part: this.#opposite(),
      }));
    }
    return this.#condition();
  }

  #condition(): Expression {
    const token = this.#take();
    if (token.kind === 'open') {
      return this.#deeper(token, () => {
        const inside = this.#choice();
        if (this.#peek()?.kind !== 'close') {
          throw wrong(token.at, { kind: 'unclosed' });
        }
        this.#next += 1;
        return inside;
      });
    }
    if (token.kind === 'quoted') {
      return { kind: 'word', word: token.text };
    }
    if (
      token.kind !== 'word' ||
      ['and', 'or'].includes(token.text.toLowerCase())
    ) {
      throw wrong(token.at, { kind: 'unexpected', found: token.text });
    }
    const operator = this.#peek();
    if (operator?.kind === 'operator') {
      this.#next += 1;
      return this.#comparison(token, operator);
    }
    return markOrWord(token);
  }

  #comparison(field: Token, operator: Token): Expression {
    const name = field.text.toLowerCase();
    if (isOneOf(textFields, name)) {
      return this.#text(name, operator);
    }
    if (isOneOf(numberFields, name)) {
      return this.#number(name, operator);
    }
    throw wrong(field.at, {
      kind: 'no-field',
      found: field.text,
      meant: meantBy(field.text, fields),
    });
  }

  #text(field: TextField, operator: Token): Expression {
    if (operator.text !== '=' && operator.text !== '!=') {
      throw wrong(operator.at, { kind: 'no-order', field });
    }
    const value = this.#value(field);
    return {
      kind: 'text',
      field,
      operator: operator.text,
      pattern: value.text,
    };
  }

  #number(field: NumberField, operator: Token): Expression {
    const token = this.#value(field);
    // `1 %` and `2 s` may be written apart.
    const next = this.#peek();
    const unit =
      next?.kind === 'word' && /\d$/.test(token.text) && isUnit(next.text)
        ? next.text
        : '';
    const value = readNumber(token.text + unit, field);
    if (value === undefined) {
      throw wrong(token.at, {
        kind: 'no-number',
        found: unit ? `${token.text} ${unit}` : token.text,
        example: examples[field],
      });
    }
    if (unit) {
      this.#next += 1;
    }
    return {
      kind: 'number',
      field,
      operator: operator.text as Operator,
      value,
    };
  }

  #value(field: string): Token {
    const token = this.#peek();
    if (token?.kind !== 'word' && token?.kind !== 'quoted') {
      throw wrong(token?.at ?? this.end, { kind: 'no-value', field });
    }
    this.#next += 1;
    return token;
  }

  #deeper(token: Token, read: () => Expression): Expression {
    this.#depth += 1;
    if (this.#depth > MOST_DEPTH) {
      throw wrong(token.at, { kind: 'too-deep', most: MOST_DEPTH });
    }
    const expression = read();
    this.#depth -= 1;
    return expression;
  }

  #peek(): Token | undefined {
    return this.tokens[this.#next];
  }

  #take(): Token {
    const token = this.#peek();
    if (!token) {
      throw wrong(this.end, { kind: 'nothing-follows' });
    }
    this.#next += 1;
    return token;
  }
}

/**
 * Reads what to find or to hide: conditions beside each other must all hold, `or` gives a choice, `not` or `!` the
 * opposite, and brackets group.
 *
 *     name=llm* and errors > 1 %
 *     plaintext or not (namespace=ai-services p95 > 2 s)
 */
export function parseExpression(written: string): Parsed {
  if (written.trim() === '') {
    return { status: 'empty' };
  }
  if (written.length > MOST_CHARACTERS) {
    const problem = { kind: 'too-long', most: MOST_CHARACTERS } as const;
    return { status: 'wrong', mistake: { at: MOST_CHARACTERS, problem } };
  }
  const tokens = tokenize(written);
  if (!Array.isArray(tokens)) {
    return { status: 'wrong', mistake: tokens };
  }
  try {
    const reader = new Reader(tokens, written.trimEnd().length);
    return { status: 'read', expression: reader.readAll() };
  } catch (error) {
    if (error instanceof ParseMistake) {
      return { status: 'wrong', mistake: error.mistake };
    }
    throw error;
  }
}

function markOrWord({ text, at }: Token): Expression {
  const word = text.toLowerCase();
  if (isOneOf(marks, word)) {
    return { kind: 'mark', mark: word as Mark };
  }
  const meant = meantBy(word, marks, 1);
  if (meant) {
    throw wrong(at, { kind: 'misspelt', found: text, meant });
  }
  return { kind: 'word', word: text };
}

function wrong(at: number, problem: Mistake['problem']): ParseMistake {
  return new ParseMistake({ at, problem });
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

function isOneOf<T extends string>(
  words: readonly T[],
  word: string,
): word is T {
  return (words as readonly string[]).includes(word);
}
