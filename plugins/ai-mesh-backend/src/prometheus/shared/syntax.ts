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
  if (node.name === 'VectorSelector') {
    return node;
  }
  if (
    !['MatrixSelector', 'OffsetExpr', 'StepInvariantExpr'].includes(node.name)
  ) {
    throw new CannotShare();
  }
  return selectorOf(node.firstChild!);
}
