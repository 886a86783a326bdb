import type { Expr, Matcher, Selector } from '../promql';
import { duration, escapeRegex, quote, selector, unquote } from '../promql';
import {
  children,
  expressions,
  parsePromql,
  Refusal,
  type Node,
} from './parsePromql';
import { parseSliQuery } from './parseSliQuery';
import { NUMBERS, printed, type SliMatcher } from './SliQuery';
import { shortened } from '../../shortened';

/** What a template's place holders stand for. */
export interface TemplateScope {
  /** `{{selector}}`: conditions on what the version's pods export. */
  pods: readonly Matcher[];
  /** `{{version}}`: the subset's name, or that of the Service or the InferencePool that the version is. */
  version: string;
  /** `{{service}}` */
  service: string;
  /** `{{namespace}}` */
  namespace: string;
}

/** Counters of a version, joined by `or`; read from a configuration, and printed anew for each version. */
export interface CounterTemplate {
  series: readonly {
    metric: string;
    matchers: readonly SliMatcher[];
    /** Has `{{selector}}` among its conditions. */
    ofPods: boolean;
  }[];
}

/** A version's pods' series of a metric. */
export interface SeriesPiece {
  /** Names that it has, in the order of preference; at least one. */
  metrics: readonly string[];
  matchers: readonly SliMatcher[];
}

/** One value of a version: any PromQL, kept as the pieces between its place holders. */
export interface ValueTemplate {
  pieces: readonly (
    | string
    | { text: string; inRegex: boolean }
    /** On a label that holds a number, of which every spelling is asked for. */
    | SliMatcher
    | SeriesPiece
    | 'selector'
    | 'window'
  )[];
  ofPods: boolean;
}

const SELECTOR = /\{\{\s*\.?selector\s*\}\}/g;
/** Stands for the selector while a template is parsed; not longer than any spelling of it. */
const HERE = '__here__';
const WINDOW = /\[\s*\{\{\s*\.?window\s*\}\}\s*\]/g;
const HOLDER = /\{\{\s*\.?(\w*)\s*\}\}/g;
const TEXTS = ['version', 'service', 'namespace'] as const;

function padded(text: string, length: number): string {
  return text.padEnd(length, ' ');
}

function withHere(template: string): string {
  return template.replace(SELECTOR, all => padded(`${HERE}=""`, all.length));
}

/** @returns whether the text names the version */
function checkHolders(text: string): boolean {
  const names = Array.from(text.matchAll(HOLDER), ([, name]) => name);
  const stranger = names.find(
    name => !(TEXTS as readonly string[]).includes(name),
  );
  if (stranger !== undefined) {
    throw new Refusal('stranger', { name: shortened(stranger, 40) });
  }
  return names.includes('version');
}

function noHolder(metric: string): Refusal {
  return new Refusal('allVersions', { metric });
}

/**
 * Reads counters with place holders: `ai_feedback_total{rating="down", {{selector}}}`, plain or under `sum` and
 * `increase` or `rate`.
 *
 * @throws Error with half a sentence for the configuration's author
 */
export function parseCounterTemplate(template: string): CounterTemplate {
  const query = parseSliQuery(withHere(template));
  return explained(() => ({
    series: query.map(({ metric, matchers }) => {
      const ofPods = matchers.some(({ label }) => label === HERE);
      const rest = matchers.filter(({ label }) => label !== HERE);
      const named = rest.filter(({ value }) => checkHolders(value));
      if (!ofPods && named.length === 0) {
        throw noHolder(metric);
      }
      return { metric, matchers: rest, ofPods };
    }),
  }));
}

/**
 * Reads a query with place holders that gives one value: `avg(answer_quality{ {{selector}} })`.
 *
 * @throws Error with half a sentence for the configuration's author
 */
export function parseValueTemplate(template: string): ValueTemplate {
  return explained(() => readValue(template));
}

function explained<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refusal
      ? new Error(`the query cannot be used: ${error.message}`)
      : error;
  }
}

function readValue(template: string): ValueTemplate {
  const text = withHere(template).replace(WINDOW, all =>
    padded('[5m', all.length - 1).concat(']'),
  );
  const tree = parsePromql(template, text);
  if (expressions(tree.topNode).length !== 1) {
    throw new Refusal('notOne');
  }
  const found: {
    from: number;
    to: number;
    piece: ValueTemplate['pieces'][0];
  }[] = Array.from(template.matchAll(WINDOW), ({ index, 0: all }) => ({
    from: index,
    to: index + all.length,
    piece: 'window' as const,
  }));
  let ofPods = false;
  tree.iterate({
    enter: ({ node }) => {
      const source = template.slice(node.from, node.to);
      if (node.name === 'VectorSelector') {
        const matchers = node.getChild('LabelMatchers');
        const conditions = matchers ? children(matchers) : [];
        const texts = conditions.map(({ from, to }) => text.slice(from, to));
        const isPlaced = texts.some(
          one =>
            one.startsWith(HERE) ||
            Array.from(one.matchAll(HOLDER)).some(
              ([, name]) => name === 'version',
            ),
        );
        if (!isPlaced) {
          throw noHolder(/^[\w:]+/.exec(source)?.[0] ?? '…');
        }
      }
      if (text.slice(node.from, node.to).startsWith(`${HERE}=`)) {
        ofPods = true;
        const { length } = holderAt(template, node.from);
        found.push({
          from: node.from,
          to: node.from + length,
          piece: 'selector',
        });
        return false;
      }
      const matcher = numberMatcher(node, template);
      if (matcher) {
        checkHolders(matcher.value);
        found.push({ from: node.from, to: node.to, piece: matcher });
        return false;
      }
      if (node.name === 'StringLiteral' || node.name === 'QuotedLabelName') {
        const inner = unquote(source);
        checkHolders(inner);
        found.push({
          from: node.from,
          to: node.to,
          piece: { text: inner, inRegex: isRegex(node, template) },
        });
        return false;
      }
      return true;
    },
  });
  const pieces: ValueTemplate['pieces'][0][] = [];
  let done = 0;
  for (const { from, to, piece } of found.sort((a, b) => a.from - b.from)) {
    pieces.push(template.slice(done, from), piece);
    done = to;
  }
  return { pieces: [...pieces, template.slice(done)], ofPods };
}

function numberMatcher(node: Node, template: string): SliMatcher | undefined {
  const textOf = (name: string) => {
    const child = node.getChild(name);
    return child ? template.slice(child.from, child.to) : '';
  };
  const label = textOf('LabelName');
  const literal = textOf('StringLiteral');
  return NUMBERS.has(label) && literal
    ? {
        label,
        operator: textOf('MatchOp') as SliMatcher['operator'],
        value: unquote(literal),
      }
    : undefined;
}

/** The place holder that begins at a place. */
function holderAt(template: string, at: number): string {
  const [all] = /^\{\{\s*\.?selector\s*\}\}/.exec(template.slice(at)) ?? [''];
  return all;
}

function isRegex({ parent }: Node, template: string): boolean {
  const operator = parent?.getChild('MatchOp');
  return operator
    ? template.slice(operator.from, operator.to).endsWith('~')
    : false;
}

function filled(text: string, scope: TemplateScope, inRegex: boolean): string {
  return text.replace(HOLDER, (_, name: (typeof TEXTS)[number]) =>
    inRegex ? escapeRegex(scope[name]) : scope[name],
  );
}

function filledMatcher(matcher: SliMatcher, scope: TemplateScope): Matcher {
  const { value, operator } = matcher;
  return printed({
    ...matcher,
    value: filled(value, scope, operator.endsWith('~')),
  });
}

/** A version's counters. */
export function countersOf(
  { series }: CounterTemplate,
  scope: TemplateScope,
): Selector[] {
  return series.map(({ metric, matchers, ofPods }) =>
    selector(
      metric,
      ...matchers.map(matcher => filledMatcher(matcher, scope)),
      ...(ofPods ? scope.pods : []),
    ),
  );
}

/** A version's value; strings and place holders are printed anew, the rest is as the grammar read it. */
export function valueOf(
  { pieces }: ValueTemplate,
  scope: TemplateScope,
  windowSeconds: number,
): Expr {
  return pieces
    .map(piece => {
      if (piece === 'selector') {
        return scope.pods.join(',');
      }
      if (piece === 'window') {
        return `[${duration(windowSeconds)}]`;
      }
      if (typeof piece === 'object' && 'label' in piece) {
        return filledMatcher(piece, scope);
      }
      if (typeof piece === 'object' && 'metrics' in piece) {
        const [metric] = piece.metrics;
        return selector(metric, ...piece.matchers.map(printed), ...scope.pods);
      }
      return typeof piece === 'string'
        ? piece
        : quote(filled(piece.text, scope, piece.inRegex));
    })
    .join('') as Expr;
}
