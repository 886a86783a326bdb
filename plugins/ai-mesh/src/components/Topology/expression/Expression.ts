/** What is written, and compared as text: `*` stands for any characters, and case does not count. */
export const textFields = ['name', 'namespace', 'version', 'cluster'] as const;
/** What is measured: a share, a duration, or requests per second. */
export const numberFields = ['errors', 'p50', 'p95', 'p99', 'rate'] as const;
/** What something is. */
export const marks = [
  'plaintext',
  'idle',
  'external',
  'healthy',
  'slow',
  'degraded',
  'failing',
  'unknown',
] as const;
export const operators = ['=', '!=', '>', '>=', '<', '<='] as const;

export type TextField = (typeof textFields)[number];
export type NumberField = (typeof numberFields)[number];
export type Mark = (typeof marks)[number];
export type Operator = (typeof operators)[number];

/** What to find or to hide. */
export type Expression =
  | { kind: 'and' | 'or'; parts: Expression[] }
  | { kind: 'not'; part: Expression }
  /** The name, the namespace or the catalog entity contains it. */
  | { kind: 'word'; word: string }
  | { kind: 'text'; field: TextField; operator: '=' | '!='; pattern: string }
  | {
      kind: 'number';
      field: NumberField;
      operator: Operator;
      /** A ratio 0..1, milliseconds, or requests per second. */
      value: number;
    }
  | { kind: 'mark'; mark: Mark };

/** What cannot be read, and where. */
export interface Mistake {
  /** Characters before it. */
  at: number;
  problem:
    | { kind: 'too-long'; most: number }
    | { kind: 'too-deep'; most: number }
    | { kind: 'unclosed-quote' | 'unclosed' | 'unopened' | 'nothing-follows' }
    | { kind: 'unexpected'; found: string }
    | { kind: 'no-field'; found: string; meant?: string }
    | { kind: 'misspelt'; found: string; meant: string }
    | { kind: 'no-order'; field: string }
    | { kind: 'no-value'; field: string }
    | { kind: 'no-number'; found: string; example: string };
}

/** What was written, read. */
export type Parsed =
  | { status: 'empty' }
  | { status: 'read'; expression: Expression }
  | { status: 'wrong'; mistake: Mistake };
