import {
  wording,
  type JsonPatchOperation,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { annotate, removeAnnotation } from './annotation';
import { editAffinity, removeAffinity } from './editAffinity';
import { editWeights, newDestination } from './editWeights';
import { findRule, type FoundRule, type SplitSelector } from './findRule';
import type { JsonRecord } from './json';
import { findHeaderRule, weightsOf } from './readSplit';
import { routeDialect } from './routeDialects';
import { inOrder, removeRule, type RuleEdit } from './RuleEdit';
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
  const { answerCookie } = routeDialect(object.kind);
  const answerFields = found.canary && answerCookie?.depth(found.canary.raw);
  return {
    stableWeight: found.stable.written,
    canary: found.canary && {
      weight: found.canary.written,
      ...(answerFields && { answerFields }),
    },
    annotations: object.metadata.annotations !== undefined,
    weights: weightsOf(found, false),
  };
}

/**
 * The smallest JSON Patch that makes the route what it should be. Nothing but the two weights, our annotation, our own
 * rules and our cookie is touched.
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
  const affinity = editAffinity(
    object,
    context,
    found,
    weights.after.canary,
    target,
  );
  const changes = [
    ...weights.patch,
    ...affinity.destination,
    ...(target.kind === 'running'
      ? annotate(object, id)
      : removeAnnotation(object, id, original.annotations)),
    // Last, because they move the rules below them.
    ...inOrder([...header.edits, ...affinity.rules]),
  ];
  return {
    patch: changes.length === 0 ? [] : [unchanged(object), ...changes],
    weights: weightsOf(
      weights.after,
      header.rule !== undefined,
      affinity.written !== undefined,
    ),
    headerRule: header.rule,
    ...(affinity.written && { affinity: affinity.written }),
  };
}

/** Takes the canary's marks away where its rule is gone, so that nothing is left of it. */
export function removeMarks(
  object: ConfigObject,
  context: Pick<SplitContext, 'id' | 'original' | 'headerRule' | 'affinity'>,
): JsonPatchOperation[] {
  const affinity = removeAffinity(object, context);
  const changes: JsonPatchOperation[] = [
    ...affinity.destination,
    ...removeAnnotation(object, context.id, context.original.annotations),
    ...inOrder([
      ...headerRuleRemoved(object, context.headerRule),
      ...affinity.rules,
    ]),
  ];
  return changes.length === 0 ? [] : [unchanged(object), ...changes];
}

function unchanged({ metadata }: ConfigObject): JsonPatchOperation {
  const { resourceVersion } = metadata;
  if (!resourceVersion) {
    throw new SplitRefusal('unreadable', wording('split.noResourceVersion'));
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
): { edits: RuleEdit[]; rule?: JsonRecord } {
  const dialect = routeDialect(object.kind);
  const { index, state } = findHeaderRule(object, context.headerRule);
  const phase = target.kind === 'running' ? target.header : undefined;
  if (!phase) {
    return { edits: headerRuleRemoved(object, context.headerRule) };
  }
  if (state !== 'absent') {
    const value = context.headerRule;
    const path = `${dialect.rulesPointer}/${index}`;
    return {
      edits:
        state === 'changed'
          ? [{ index, operation: { op: 'replace', path, value } }]
          : [],
      rule: value,
    };
  }
  const canary =
    found.canary ?? newDestination(object, context.selector, found, 0);
  const rule = dialect.headerRule(found.rule, canary.raw, phase, context.id);
  const { pointer: path, index: place } = found.rule;
  return {
    edits: [{ index: place, operation: { op: 'add', path, value: rule } }],
    rule,
  };
}

function headerRuleRemoved(
  object: ConfigObject,
  written: JsonRecord | undefined,
): RuleEdit[] {
  const { index } = findHeaderRule(object, written);
  return removeRule(routeDialect(object.kind), index);
}
