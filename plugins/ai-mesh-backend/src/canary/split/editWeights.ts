import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { SplitContext, SplitOriginal, SplitTarget } from './SplitContext';
import type { FoundRule, SplitSelector } from './findRule';
import type { SplitDestination } from './RouteDialect';
import { routeDialect } from './routeDialects';
import { sharesOf } from './shares';

/** The writes that give both versions their weights, and the rule after them. */
export function editWeights(
  object: ConfigObject,
  { selector, original }: SplitContext,
  found: FoundRule,
  target: SplitTarget,
): { patch: JsonPatchOperation[]; after: FoundRule } {
  if (target.kind === 'finished') {
    return { patch: [], after: found };
  }
  if (target.kind === 'original' || target.percent === 0) {
    return restoreWeights(found, original);
  }
  const shares = sharesOf(found, target.percent);
  const patch = writeWeight(found.stable, shares.stable);
  const after = (
    canary: SplitDestination,
    destinations: SplitDestination[],
  ) => {
    const weighed = destinations.map(destination => {
      if (destination === found.stable) {
        return { ...destination, weight: shares.stable };
      }
      return destination === canary
        ? { ...destination, weight: shares.canary }
        : destination;
    });
    return reread(found, weighed, canary.pointer);
  };
  if (found.canary) {
    patch.push(...writeWeight(found.canary, shares.canary));
    return { patch, after: after(found.canary, found.rule.destinations) };
  }
  const added = newDestination(object, selector, found, shares.canary);
  patch.push({
    op: 'add',
    path: `${found.rule.listPointer}/-`,
    value: added.raw,
  });
  return { patch, after: after(added, [...found.rule.destinations, added]) };
}

function restoreWeights(
  found: FoundRule,
  original: SplitOriginal,
): { patch: JsonPatchOperation[]; after: FoundRule } {
  const { rule, stable, canary } = found;
  const before = (role: 'stable' | 'canary') =>
    original.weights.destinations.find(weight => weight.role === role)
      ?.weight ?? 0;
  const patch = writeWeight(stable, original.stableWeight);
  if (canary && original.canary) {
    patch.push(...writeWeight(canary, original.canary.weight));
  } else if (canary) {
    patch.push({ op: 'remove', path: canary.pointer });
  }
  const destinations = rule.destinations
    .filter(destination => destination !== canary || original.canary)
    .map(destination => {
      if (destination === stable) {
        return { ...destination, weight: before('stable') };
      }
      return destination === canary
        ? { ...destination, weight: before('canary') }
        : destination;
    });
  return { patch, after: reread(found, destinations, canary?.pointer) };
}

/** @param weight - absent: the object leaves it out */
function writeWeight(
  { pointer, written }: SplitDestination,
  weight: number | undefined,
): JsonPatchOperation[] {
  if (written === weight) {
    return [];
  }
  const path = `${pointer}/weight`;
  if (weight === undefined) {
    return [{ op: 'remove', path }];
  }
  return [
    { op: written === undefined ? 'add' : 'replace', path, value: weight },
  ];
}

/** The canary's destination where the rule has none yet. */
export function newDestination(
  object: ConfigObject,
  { canary }: SplitSelector,
  { rule, stable }: FoundRule,
  weight: number,
): SplitDestination {
  return {
    ...canary,
    pointer: `${rule.listPointer}/${rule.destinations.length}`,
    port: canary.port ?? stable.port,
    written: weight,
    weight,
    raw: routeDialect(object.kind).destination(stable, canary, weight),
  };
}

function reread(
  found: FoundRule,
  destinations: SplitDestination[],
  canaryPointer: string | undefined,
): FoundRule {
  const at = (pointer: string | undefined) =>
    destinations.find(destination => destination.pointer === pointer);
  return {
    rule: { ...found.rule, destinations },
    stable: at(found.stable.pointer) ?? found.stable,
    canary: at(canaryPointer),
  };
}
