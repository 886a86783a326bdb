import {
  parser,
  VectorSelector,
  LabelMatchers,
} from '@prometheus-io/lezer-promql';
import { eq, Matcher } from './promql';

const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** Longer ones are made of hundreds of parts, and to grow a tree of them would stop everything else. */
const LONGEST_TREE = 5000;

/** A string as the query builder prints it, or what begins a selector's conditions: it prints them for each selector. */
const STRING_OR_BRACE = /"(?:[^"\\]|\\.)*"|\{(\}?)/g;

/**
 * Adds conditions to every selector of a query, so that one Prometheus can hold many clusters and a reader of one
 * never sees another's series. It works on the text's syntax tree, or for a very long query on the words that the query
 * builder prints: no selector can be forgotten.
 *
 * @throws Error where the text is not PromQL, which is a mistake in our own code
 */
export function withExtraLabels(
  promql: string,
  labels: Readonly<Record<string, string>>,
): string {
  const added = Object.entries(labels)
    .map(([label, value]): Matcher => eq(label, value))
    .join(',');
  if (CONTROL.test(promql)) {
    throw new Error('A query has a control character');
  }
  return promql.length > LONGEST_TREE
    ? addedByWords(promql, added)
    : addedByTree(promql, added);
}

/** Exported for a test that it does the same as the tree. */
export function addedByWords(promql: string, added: string): string {
  return added === ''
    ? promql
    : promql.replace(STRING_OR_BRACE, (word, end?: string) => {
        if (end === undefined) {
          return word;
        }
        return `{${added}${end ? '}' : ','}`;
      });
}

export function addedByTree(promql: string, added: string): string {
  const pieces: string[] = [];
  let done = 0;
  const insert = (at: number, text: string) => {
    pieces.push(promql.slice(done, at), text);
    done = at;
  };
  parser.parse(promql).iterate({
    enter: node => {
      if (node.type.isError) {
        throw new Error(
          `Not PromQL, at character ${node.from}: ${promql.slice(node.from, node.from + 80)}`,
        );
      }
      // Prometheus ends a comment, and skips blanks, by other rules than this grammar: none of ours has one.
      if (node.type.name === 'LineComment') {
        throw new Error(`A query has a comment at character ${node.from}`);
      }
      if (node.type.id === VectorSelector) {
        const matchers = node.node.getChild(LabelMatchers);
        if (!matchers) {
          insert(node.to, `{${added}}`);
        } else {
          insert(
            matchers.from + 1,
            `${added}${matchers.firstChild ? ',' : ''}`,
          );
        }
      }
    },
  });
  return added === '' ? promql : [...pieces, promql.slice(done)].join('');
}
