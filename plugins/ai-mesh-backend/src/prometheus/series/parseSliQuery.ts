import { wording, type TextKey } from '@ai-mesh/plugin-ai-mesh-common';
import { RE2JS } from 're2js';
import { checkedLabel, metricName, unquote } from '../promql';
import {
  children,
  expressions,
  parsePromql,
  Refusal,
  type Node,
} from './parsePromql';
import type { SliMatcher, SliQuery, SliSelector } from './SliQuery';
import { shortened } from '../../shortened';
import { WordedError } from '../../WordedError';

/** A window as other tools' templates write it: Sloth's `{{.window}}`, Grafana's `$__rate_interval`. */
const WINDOW = /\[\s*(?:\{\{\s*\.?window\s*\}\}|\$\{?\w+\}?)\s*\]/g;
const MOST_SELECTORS = 10;
const MOST_MATCHERS = 20;
const DEEPEST = 20;
/** Words of the language, in this version of Prometheus or another: after one of them braces mean something else, or nothing. */
const RESERVED = new Set([
  ...[
    'and',
    'or',
    'unless',
    'atan2',
    'bool',
    'by',
    'without',
    'on',
    'ignoring',
  ],
  ...['group_left', 'group_right', 'offset', 'start', 'end', 'step', 'range'],
  ...['inf', 'nan', 'sum', 'avg', 'min', 'max', 'count', 'count_values'],
  ...['group', 'stddev', 'stdvar', 'topk', 'bottomk', 'quantile', 'limitk'],
  ...['limit_ratio', 'anchored', 'smoothed', 'fill', 'fill_left', 'fill_right'],
]);
const WHOLE_STRING = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)$/s;
const OPERATORS = ['=', '!=', '=~', '!~'] as const;

/** One that Prometheus cannot compile would cost every objective its answer: they are asked for together. */
function checkRegex(regex: string, at: number): void {
  // A quotation runs on into what Prometheus puts behind the expression.
  if (regex.includes('\\Q')) {
    throw new Refusal('quotation', { at });
  }
  try {
    RE2JS.compile(regex);
  } catch (error) {
    throw new Refusal('regex', {
      at,
      text: shortened((error as Error).message, 100),
    });
  }
}

function onlyExpression(node: Node): Node {
  const [first, ...more] = expressions(node);
  if (!first || more.length > 0) {
    throw new Refusal('calculates');
  }
  return first;
}

function body(node: Node): Node {
  const found = node.getChild('FunctionCallBody');
  if (!found) {
    throw new Refusal('calculates');
  }
  return found;
}

/** Matchers of every form; a form that is not known is refused where it is read. */
function isMeant({ type }: Node): boolean {
  return /^[A-Z]/.test(type.name);
}

function hasModifier(node: Node): boolean {
  return children(node).some(
    ({ name, type }) => name !== 'Or' && !type.is('Expr'),
  );
}

/** @param check - throws where a text cannot be a name */
function checked(check: (name: string) => string, name: string): string {
  try {
    return check(name);
  } catch {
    throw new Refusal('name');
  }
}

class Reader {
  /** @param query - as it was written: a window's place holder within a string is no window */
  constructor(private readonly query: string) {}

  read(node: Node, depth: number, joined: boolean): SliSelector[] {
    if (depth > DEEPEST) {
      throw new Refusal('deep', { most: DEEPEST });
    }
    const inside = (child: Node, isJoined = joined) =>
      this.read(child, depth + 1, isJoined);
    switch (node.name) {
      case 'VectorSelector':
        return [this.#selector(node)];
      case 'ParenExpr':
        return inside(onlyExpression(node));
      case 'MatrixSelector': {
        const series = onlyExpression(node);
        if (series.name !== 'VectorSelector') {
          throw new Refusal('calculates');
        }
        return inside(series);
      }
      case 'AggregateExpr':
        this.#expect(node.getChild('AggregateOp'), ['sum']);
        if (joined) {
          throw new Refusal('joinsSums');
        }
        return inside(onlyExpression(body(node)));
      case 'FunctionCall':
        this.#expect(node.getChild('FunctionIdentifier'), ['rate', 'increase']);
        return inside(onlyExpression(body(node)));
      case 'BinaryExpr': {
        const [left, right, ...more] = expressions(node);
        if (!node.getChild('Or') || more.length > 0 || hasModifier(node)) {
          throw new Refusal('calculates');
        }
        return [...inside(left, true), ...inside(right, true)];
      }
      default:
        throw new Refusal('calculates');
    }
  }

  /** The metric may stand before the braces, in quotes among the conditions, or as `__name__`. */
  #selector(node: Node): SliSelector {
    const identifier = node.getChild('Identifier');
    const inBraces = node.getChild('LabelMatchers');
    const conditions = inBraces ? children(inBraces).filter(isMeant) : [];
    if (conditions.length > MOST_MATCHERS) {
      throw new Refusal('conditions', {
        count: conditions.length,
        most: MOST_MATCHERS,
      });
    }
    const names = identifier ? [this.#text(identifier)] : [];
    const matchers: SliMatcher[] = [];
    for (const one of conditions) {
      if (one.name === 'QuotedLabelName') {
        names.push(this.#string(one));
      } else {
        const matcher = this.#matcher(one);
        if (matcher.label !== '__name__') {
          matchers.push(matcher);
        } else if (matcher.operator === '=') {
          names.push(matcher.value);
        } else {
          throw new Refusal('namesByCondition');
        }
      }
    }
    const [metric] = names;
    if (names.length !== 1 || RESERVED.has(metric.toLowerCase())) {
      throw new Refusal('noMetric');
    }
    return { metric: checked(metricName, metric), matchers };
  }

  #matcher(node: Node): SliMatcher {
    const plain = node.getChild('LabelName');
    const quoted = node.getChild('QuotedLabelName');
    const written = node.getChild('MatchOp');
    const literal = node.getChild('StringLiteral');
    const operator =
      written && OPERATORS.find(one => one === this.#text(written));
    if (!operator || !literal || !(plain || quoted)) {
      throw new Refusal('condition', { at: node.from + 1 });
    }
    const value = this.#string(literal);
    if (operator.endsWith('~')) {
      checkRegex(value, literal.from + 1);
    }
    const label = plain ? this.#text(plain) : this.#string(quoted!);
    return { label: checked(checkedLabel, label), operator, value };
  }

  #string(node: Node): string {
    const literal = this.#text(node);
    if (!WHOLE_STRING.test(literal)) {
      throw new Refusal('endless', { at: node.from + 1 });
    }
    return unquote(literal);
  }

  #expect(node: Node | null, names: readonly string[]): void {
    const name = node ? this.#text(node).toLowerCase() : '';
    if (!names.includes(name)) {
      throw new Refusal('function', { name: shortened(name, 40) });
    }
  }

  #text({ from, to }: Node): string {
    return this.query.slice(from, to);
  }
}

/**
 * Reads which series a document's query is about: `errors_total{app="chat"}`, plain or under `sum` and `rate` or
 * `increase`, or several of them joined by `or`. Nothing of the text itself is kept: Prometheus is asked for what was
 * read, printed anew, so that a text which two grammars read differently cannot matter.
 *
 * @throws WordedError for the document's author
 */
export function parseSliQuery(query: string): SliQuery {
  try {
    return selectorsOf(query);
  } catch (error) {
    if (error instanceof Refusal) {
      const { key, params } = error.words;
      throw new WordedError(wording('promql', params, { why: key as TextKey }));
    }
    throw error;
  }
}

function selectorsOf(query: string): SliQuery {
  // As long as what it replaces, so that places in one are places in the other.
  const text = query.replace(
    WINDOW,
    window => `[5m${' '.repeat(window.length - 4)}]`,
  );
  const tree = parsePromql(query, text);
  const expression = onlyExpression(tree.topNode);
  const selectors = new Reader(query).read(expression, 0, false);
  if (selectors.length > MOST_SELECTORS) {
    throw new Refusal('selectors', {
      count: selectors.length,
      most: MOST_SELECTORS,
    });
  }
  return selectors;
}
