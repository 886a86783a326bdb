import {
  Identifier,
  LabelMatchers,
  LabelName,
  MatchOp,
  parser,
  QuotedLabelMatcher,
  QuotedLabelName,
  StringLiteral,
  UnquotedLabelMatcher,
} from '@prometheus-io/lezer-promql';
import {
  doesNotMatch,
  eq,
  matches,
  neq,
  noneOf,
  numberSpellings,
  oneOf,
  unquote,
  type Matcher,
} from '../../prometheus/promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** Labels that hold numbers, which exporters and Prometheus' versions spell differently. */
const NUMBERS = new Set(['le', 'quantile']);

/**
 * A selector's metric and conditions, built anew from what the grammar says they are. The metric may stand before the
 * braces, in quotes among the conditions, or as `__name__`; undefined where it is not named, or not exactly.
 *
 * @param text - what the node is a part of
 */
export function readSelector(
  node: SyntaxNode,
  text: string,
): { metric: string | undefined; matchers: Matcher[] } {
  const textOf = ({ from, to }: SyntaxNode) => text.slice(from, to);
  const identifier = node.getChild(Identifier);
  const names = identifier ? [textOf(identifier)] : [];
  const matchers: Matcher[] = [];
  const conditions = node.getChild(LabelMatchers);
  for (let one = conditions?.firstChild; one; one = one.nextSibling) {
    if (one.type.id === QuotedLabelName) {
      names.push(unquote(textOf(one)));
    } else if (
      one.type.id === QuotedLabelMatcher ||
      one.type.id === UnquotedLabelMatcher
    ) {
      const plain = one.getChild(LabelName);
      const label = plain
        ? textOf(plain)
        : unquote(textOf(one.getChild(QuotedLabelName)!));
      const operator = textOf(one.getChild(MatchOp)!);
      const value = unquote(textOf(one.getChild(StringLiteral)!));
      if (label === '__name__' && operator === '=') {
        names.push(value);
      } else {
        matchers.push(matcher(label, operator, value));
      }
    }
  }
  return { metric: names.length === 1 ? names[0] : undefined, matchers };
}

function matcher(label: string, operator: string, value: string): Matcher {
  const numbers = NUMBERS.has(label) ? numbersIn(operator, value) : undefined;
  if (numbers) {
    const spellings = numbers.flatMap(numberSpellings);
    return operator.startsWith('!')
      ? noneOf(label, spellings)
      : oneOf(label, spellings);
  }
  switch (operator) {
    case '=':
      return eq(label, value);
    case '!=':
      return neq(label, value);
    case '=~':
      return matches(label, value);
    default:
      return doesNotMatch(label, value);
  }
}

/** The numbers that a condition names, where it names nothing else: `1`, and of a regular expression `1|2\\.5`. */
function numbersIn(operator: string, value: string): number[] | undefined {
  const parts = operator.endsWith('~')
    ? value.split('|').map(part => part.replace(/\\([.+])/g, '$1'))
    : [value];
  const numbers = parts.map(part =>
    /^\+?Inf$/.test(part) ? Infinity : Number(part.trim() || NaN),
  );
  return numbers.some(Number.isNaN) ? undefined : numbers;
}
