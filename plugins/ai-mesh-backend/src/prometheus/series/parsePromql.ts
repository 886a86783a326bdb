import {
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parser } from '@prometheus-io/lezer-promql';
import { WordedError } from '../../WordedError';

/** A place of PromQL's syntax tree. */
export type Node = ReturnType<typeof parser.parse>['topNode'];

/** What keeps a query from being used: half a sentence that begins with `it`. */
export class Refusal extends WordedError {
  constructor(why: RefusalReason, params?: Words['params']) {
    super(wording(`promql.${why}`, params));
  }
}

type RefusalReason =
  Extract<TextKey, `promql.${string}`> extends `promql.${infer Why}`
    ? Why
    : never;

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
    throw new Refusal('long', { count: query.length, most: LONGEST_QUERY });
  }
  const control = CONTROL.exec(query);
  if (control) {
    throw new Refusal('control', { at: control.index + 1 });
  }
  const tree = parser.parse(text);
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) {
        throw new Refusal('garbled', { at: from + 1 });
      }
      if (type.name === 'LineComment') {
        throw new Refusal('comment', { at: from + 1 });
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
