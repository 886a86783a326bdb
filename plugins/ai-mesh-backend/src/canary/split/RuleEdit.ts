import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import type { RouteDialect } from './RouteDialect';

/** A write to the list of rules. One that adds or removes moves the rules below its place. */
export interface RuleEdit {
  index: number;
  operation: JsonPatchOperation;
}

/** Takes a rule away; nothing where it is not there. */
export function removeRule(
  { rulesPointer }: RouteDialect,
  index: number,
): RuleEdit[] {
  return index < 0
    ? []
    : [
        {
          index,
          operation: { op: 'remove', path: `${rulesPointer}/${index}` },
        },
      ];
}

/** The edits in an order in which none moves the place of another. */
export function inOrder(edits: readonly RuleEdit[]): JsonPatchOperation[] {
  return [...edits]
    .sort((a, b) => b.index - a.index)
    .map(({ operation }) => operation);
}
