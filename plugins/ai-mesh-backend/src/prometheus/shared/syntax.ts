import type { parser } from '@prometheus-io/lezer-promql';
import { CannotShare } from './CannotShare';

/** A part of a question's syntax tree. */
export type Node = ReturnType<typeof parser.parse>['topNode'];

export function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    found.push(child);
  }
  return found;
}

/** @throws CannotShare where there is not exactly one */
export function only(node: Node): Node {
  const [first, ...more] = children(node);
  if (!first || more.length > 0) {
    throw new CannotShare();
  }
  return first;
}

/** @throws CannotShare where it is more than a selector of some time */
export function selectorOf(node: Node): Node {
  const selector = selectorIn(node);
  if (!selector) {
    throw new CannotShare();
  }
  return selector;
}

/** Whether it is a selector of some time, in brackets or not. */
export function isSelector(node: Node): boolean {
  return selectorIn(node) !== undefined;
}

const AROUND_A_SELECTOR = new Set([
  'MatrixSelector',
  'OffsetExpr',
  'ParenExpr',
  'StepInvariantExpr',
]);

function selectorIn(node: Node): Node | undefined {
  if (node.name === 'VectorSelector') {
    return node;
  }
  return AROUND_A_SELECTOR.has(node.name)
    ? selectorIn(node.firstChild!)
    : undefined;
}
