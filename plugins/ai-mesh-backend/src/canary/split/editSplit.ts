import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { annotate, removeAnnotation } from './annotation';
import { editWeights, newDestination } from './editWeights';
import { findRule, type FoundRule, type SplitSelector } from './findRule';
import type { JsonRecord } from './json';
import { findHeaderRule, weightsOf } from './readSplit';
import { routeDialect } from './routeDialects';
import type {
  SplitContext,
  SplitEdit,
  SplitOriginal,
  SplitTarget,
} from './SplitContext';
import { SplitRefusal } from './SplitRefusal';

/** Records what a roll-back has to restore. */
export function originalOf(
  object: ConfigObject,
  selector: SplitSelector,
): SplitOriginal {
  const found = findRule(object, selector);
  return {
    stableWeight: found.stable.written,
    canary: found.canary && { weight: found.canary.written },
    annotations: object.metadata.annotations !== undefined,
    weights: weightsOf(found, false),
  };
}

/**
 * The smallest JSON Patch that makes the route what it should be. Nothing but the two weights, our annotation and, in a
 * header phase, our own rule is touched.
 *
 * @throws SplitRefusal where the route is not as it has to be for that
 */
export function editSplit(
  object: ConfigObject,
  context: SplitContext,
  target: SplitTarget,
): SplitEdit {
  const { id, selector, original } = context;
  const found = findRule(object, selector);
  const header = editHeaderRule(object, context, found, target);
  const weights = editWeights(object, context, found, target);
  const changes = [
    ...weights.patch,
    ...(target.kind === 'running'
      ? annotate(object, id)
      : removeAnnotation(object, id, original.annotations)),
    // Last, because it moves the rules below it.
    ...header.patch,
  ];
  return {
    patch: changes.length === 0 ? [] : [unchanged(object), ...changes],
    weights: weightsOf(weights.after, header.rule !== undefined),
    headerRule: header.rule,
  };
}

/** Takes the canary's marks away where its rule is gone, so that nothing is left of it. */
export function removeMarks(
  object: ConfigObject,
  context: Pick<SplitContext, 'id' | 'original' | 'headerRule'>,
): JsonPatchOperation[] {
  const { rulesPointer } = routeDialect(object.kind);
  const { index } = findHeaderRule(object, context.headerRule);
  const changes: JsonPatchOperation[] = [
    ...removeAnnotation(object, context.id, context.original.annotations),
    ...(index < 0
      ? []
      : [{ op: 'remove' as const, path: `${rulesPointer}/${index}` }]),
  ];
  return changes.length === 0 ? [] : [unchanged(object), ...changes];
}

function unchanged({ metadata }: ConfigObject): JsonPatchOperation {
  const { resourceVersion } = metadata;
  if (!resourceVersion) {
    throw new SplitRefusal('unreadable', 'The object has no resourceVersion');
  }
  return {
    op: 'test',
    path: '/metadata/resourceVersion',
    value: resourceVersion,
  };
}

function editHeaderRule(
  object: ConfigObject,
  context: SplitContext,
  found: FoundRule,
  target: SplitTarget,
): { patch: JsonPatchOperation[]; rule?: JsonRecord } {
  const dialect = routeDialect(object.kind);
  const { index, state } = findHeaderRule(object, context.headerRule);
  const phase = target.kind === 'running' ? target.header : undefined;
  const there = `${dialect.rulesPointer}/${index}`;
  if (phase && state !== 'absent') {
    const value = context.headerRule;
    return {
      patch: state === 'changed' ? [{ op: 'replace', path: there, value }] : [],
      rule: value,
    };
  }
  if (phase) {
    const canary =
      found.canary ?? newDestination(object, context.selector, found, 0);
    const rule = dialect.headerRule(found.rule, canary.raw, phase, context.id);
    const path = found.rule.pointer;
    return { patch: [{ op: 'add', path, value: rule }], rule };
  }
  return {
    patch: state === 'absent' ? [] : [{ op: 'remove', path: there }],
  };
}
