import { parser } from '@prometheus-io/lezer-promql';

/** A place of PromQL's syntax tree. */
export type Node = ReturnType<typeof parser.parse>['topNode'];

/** What keeps a query from being used: half a sentence that begins with `it`. */
export class Refusal extends Error {}

const LONGEST_QUERY = 2000;
/** Line breaks and tabs are how a long query is laid out; no other control character has a place in one. */
const CONTROL = /[^\P{Cc}\n\t]/u;

/**
 * The syntax tree of a query that somebody else wrote.
 *
 * @param query - as it was written
 * @param text - the same with every place holder replaced by PromQL of its length
 * @throws Refusal
 */
export function parsePromql(
  query: string,
  text: string,
): ReturnType<typeof parser.parse> {
  if (query.length > LONGEST_QUERY) {
    throw new Refusal(
      `it has ${query.length} characters, and ${LONGEST_QUERY} at most are read`,
    );
  }
  const control = CONTROL.exec(query);
  if (control) {
    throw new Refusal(
      `it has a control character at character ${control.index + 1}`,
    );
  }
  const tree = parser.parse(text);
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) {
        throw new Refusal(`it is not PromQL at character ${from + 1}`);
      }
      if (type.name === 'LineComment') {
        throw new Refusal(`it has a comment at character ${from + 1}`);
      }
    },
  });
  return tree;
}

export function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    found.push(child);
  }
  return found;
}

export function expressions(node: Node): Node[] {
  return children(node).filter(({ type }) => type.is('Expr'));
}
