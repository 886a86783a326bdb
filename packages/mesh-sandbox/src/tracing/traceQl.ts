import { goDurationMs } from './goDuration';

/** A query that Tempo would refuse with 400. */
export class InvalidTraceQl extends Error {}

/** A value of a field: numbers in nanoseconds for durations. */
export type FieldValue = string | number | boolean | undefined;

/** What a condition can look at, in one span. */
export type FieldOf = (field: Field) => FieldValue;

export interface Field {
  /** `any`: of the span, else of the resource. */
  scope: 'intrinsic' | 'span' | 'resource' | 'any';
  name: string;
}

export type SpanFilter = (fieldOf: FieldOf) => boolean;

/** A query as far as the sandbox plays it: spansets and how they are joined. */
export interface TraceQl {
  /** A trace fits where this holds of what each spanset found. */
  joins(found: readonly boolean[]): boolean;
  filters: SpanFilter[];
  /** Everything that the query looks at, for the answer to show. */
  fields: Field[];
}

const TOKEN =
  /\s*(?:(\{|\}|\(|\)|&&|\|\||\||,|=~|!~|!=|>=|<=|=|>|<)|("(?:[^"\\]|\\.)*"|`[^`]*`)|((?:[A-Za-z_.][\w.:/-]*)(?:"(?:[^"\\]|\\.)*")?)|(-?\d[\w.µ]*))/y;

const OPERATORS = new Set(['=', '!=', '=~', '!~', '>', '>=', '<', '<=']);
const INTRINSICS: Record<string, string> = {
  name: 'name',
  'span:name': 'name',
  status: 'status',
  'span:status': 'status',
  kind: 'kind',
  'span:kind': 'kind',
  duration: 'duration',
  'span:duration': 'duration',
  traceDuration: 'traceDuration',
  'trace:duration': 'traceDuration',
  rootServiceName: 'rootServiceName',
  'trace:rootService': 'rootServiceName',
  rootName: 'rootName',
  'trace:rootName': 'rootName',
};

class Parser {
  private readonly tokens: { text: string; at: number }[] = [];
  private next = 0;
  private readonly filters: SpanFilter[] = [];
  private readonly fields: Field[] = [];

  constructor(private readonly source: string) {
    let at = 0;
    while (source.slice(at).trim() !== '') {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(source);
      if (!match) {
        throw this.unexpected(at);
      }
      this.tokens.push({ text: match[0].trim(), at: match.index });
      at = TOKEN.lastIndex;
    }
  }

  query(): TraceQl {
    const joins = this.joined(
      () => this.spanset(),
      (one, other) => found => one(found) && other(found),
      (one, other) => found => one(found) || other(found),
    );
    while (this.take('|')) {
      this.select();
    }
    if (this.next < this.tokens.length) {
      throw this.unexpected(this.tokens[this.next].at);
    }
    return { joins, filters: this.filters, fields: this.fields };
  }

  /** `&&` binds more closely than `||`. */
  private joined<T>(
    part: () => T,
    and: (one: T, other: T) => T,
    or: (one: T, other: T) => T,
  ): T {
    const all = () => {
      let result = part();
      while (this.take('&&')) {
        result = and(result, part());
      }
      return result;
    };
    let result = all();
    while (this.take('||')) {
      result = or(result, all());
    }
    return result;
  }

  private spanset(): TraceQl['joins'] {
    if (this.take('(')) {
      const inner = this.joined(
        () => this.spanset(),
        (one, other) => found => one(found) && other(found),
        (one, other) => found => one(found) || other(found),
      );
      this.expect(')');
      return inner;
    }
    this.expect('{');
    const index = this.filters.length;
    if (this.take('}')) {
      this.filters.push(() => true);
    } else {
      this.filters.push(this.condition());
      this.expect('}');
    }
    return found => found[index];
  }

  private condition(): SpanFilter {
    return this.joined(
      () => this.comparison(),
      (one, other) => span => one(span) && other(span),
      (one, other) => span => one(span) || other(span),
    );
  }

  private comparison(): SpanFilter {
    if (this.take('(')) {
      const inner = this.condition();
      this.expect(')');
      return inner;
    }
    const token = this.advance();
    if (token === 'true' || token === 'false') {
      return () => token === 'true';
    }
    const field = this.field(token);
    const operator = this.advance();
    if (!OPERATORS.has(operator)) {
      throw this.unexpected(this.tokens[this.next - 1].at);
    }
    const wanted = this.value(this.advance());
    return fieldOf => compare(fieldOf(field), operator, wanted);
  }

  private select(): void {
    if (this.advance() !== 'select') {
      throw this.unexpected(this.tokens[this.next - 1].at);
    }
    this.expect('(');
    do {
      this.field(this.advance());
    } while (this.take(','));
    this.expect(')');
  }

  private field(token: string): Field {
    const intrinsic = INTRINSICS[token];
    const scoped = /^(resource|span)?\.(.+)$/.exec(token);
    if (!intrinsic && !scoped) {
      throw this.unexpected(this.tokens[this.next - 1].at);
    }
    const field: Field = intrinsic
      ? { scope: 'intrinsic', name: intrinsic }
      : {
          scope: (scoped![1] as 'resource' | 'span' | undefined) ?? 'any',
          name: unquoted(scoped![2]),
        };
    this.fields.push(field);
    return field;
  }

  private value(token: string): FieldValue {
    if (/^["`]/.test(token)) {
      return unquoted(token);
    }
    if (token === 'true' || token === 'false') {
      return token === 'true';
    }
    if (token === 'nil') {
      return undefined;
    }
    const durationMs = goDurationMs(token);
    if (durationMs !== undefined) {
      return durationMs * 1e6;
    }
    if (/^-?\d+(\.\d+)?$/.test(token)) {
      return Number(token);
    }
    if (/^(error|ok|unset|server|client|internal|unspecified)$/.test(token)) {
      return token;
    }
    throw this.unexpected(this.tokens[this.next - 1].at);
  }

  private take(text: string): boolean {
    const taken = this.tokens[this.next]?.text === text;
    this.next += taken ? 1 : 0;
    return taken;
  }

  private expect(text: string): void {
    if (!this.take(text)) {
      throw this.unexpected(this.tokens[this.next]?.at ?? this.source.length);
    }
  }

  private advance(): string {
    const token = this.tokens[this.next];
    if (!token) {
      throw this.unexpected(this.source.length);
    }
    this.next += 1;
    return token.text;
  }

  private unexpected(at: number): InvalidTraceQl {
    return new InvalidTraceQl(
      `invalid TraceQL query: parse error at line 1, col ${at + 1}: syntax error: unexpected ${this.source.slice(at).trim().split(/\s/, 1)[0] || '$end'}`,
    );
  }
}

/**
 * Reads `{ resource.service.name = "chat" && duration > 5s }`, spansets joined by `&&` and `||`, and `| select(...)`.
 *
 * @throws InvalidTraceQl where it is none, or asks for more
 */
export function parseTraceQl(text: string): TraceQl {
  return new Parser(text).query();
}

function unquoted(text: string): string {
  if (text.startsWith('`')) {
    return text.slice(1, -1);
  }
  return text.startsWith('"') ? JSON.parse(text) : text;
}

/** A missing field compares with `nil` alone. */
function compare(
  value: FieldValue,
  operator: string,
  wanted: FieldValue,
): boolean {
  if (value === undefined || wanted === undefined) {
    return operator === '='
      ? value === wanted
      : operator === '!=' && value !== wanted && wanted === undefined;
  }
  switch (operator) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '=~':
    case '!~':
      // Anchored on both sides, as TraceQL's are.
      return (
        anchored(String(wanted)).test(String(value)) === (operator === '=~')
      );
    default:
      return typeof value === typeof wanted && ordered(value, operator, wanted);
  }
}

/** Go's `(?i)` is a flag in JavaScript. */
function anchored(pattern: string): RegExp {
  return pattern.startsWith('(?i)')
    ? new RegExp(`^(?:${pattern.slice(4)})$`, 'i')
    : new RegExp(`^(?:${pattern})$`);
}

function ordered(
  value: string | number | boolean,
  operator: string,
  wanted: string | number | boolean,
): boolean {
  switch (operator) {
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
    case '<':
      return value < wanted;
    default:
      return value <= wanted;
  }
}
