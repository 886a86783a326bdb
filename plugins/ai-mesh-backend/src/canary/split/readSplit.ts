import type {
  CanaryDestinationWeight,
  CanaryWeights,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { isSameCookie, pairOf, type WrittenAffinity } from './affinity';
import { findRule, type FoundRule, type SplitSelector } from './findRule';
import { asList, asRecord, type JsonRecord } from './json';
import { routeDialect } from './routeDialects';

/** A route's split as it is in the cluster. */
export interface SplitReading {
  found: FoundRule;
  weights: CanaryWeights;
  /** The header phase's rule. */
  headerRule: PartState;
  /** What keeps people with the canary: `changed` too where only a part of it is there. */
  affinity: PartState;
}

/** What was written besides weights: `absent` too where it never was. */
export type PartState = 'absent' | 'as-written' | 'changed';

/**
 * @param headerRule - the rule that the header phase wrote, if it did
 * @throws SplitRefusal where the rule or the stable version is not there
 */
export function readSplit(
  object: ConfigObject,
  selector: SplitSelector,
  headerRule?: JsonRecord,
  affinity?: WrittenAffinity,
): SplitReading {
  const found = findRule(object, selector);
  const header = findHeaderRule(object, headerRule);
  const kept = affinityState(object, found, affinity);
  return {
    found,
    weights: weightsOf(found, header.state !== 'absent', kept !== 'absent'),
    headerRule: header.state,
    affinity: kept,
  };
}

function affinityState(
  object: ConfigObject,
  { canary }: FoundRule,
  written: WrittenAffinity | undefined,
): PartState {
  if (!written) {
    return 'absent';
  }
  const { state } = findAffinityRule(object, written);
  const cookies = canary
    ? (routeDialect(object.kind).answerCookie?.all(canary.raw) ?? [])
    : [];
  if (state === 'as-written' && cookies.includes(written.setCookie)) {
    return 'as-written';
  }
  return state === 'absent' &&
    !cookies.some(text => isSameCookie(text, written.setCookie))
    ? 'absent'
    : 'changed';
}

/** The rule that leads whoever has the cookie to the canary: known by the canary's id, which only it and its name hold. */
export function findAffinityRule(
  object: ConfigObject,
  written: WrittenAffinity | undefined,
): { index: number; state: PartState } {
  const found = findHeaderRule(object, written?.rule);
  if (!written || found.state !== 'changed') {
    return found;
  }
  const pair = pairOf(written.setCookie);
  const id = pair.slice(pair.indexOf('=') + 1);
  const rule = routeRules(object)[found.index];
  return JSON.stringify(rule).includes(id)
    ? found
    : { index: -1, state: 'absent' };
}

export function findHeaderRule(
  object: ConfigObject,
  written: JsonRecord | undefined,
): { index: number; state: PartState } {
  if (!written) {
    return { index: -1, state: 'absent' };
  }
  const { index, changed } = routeDialect(object.kind).findHeaderRule(
    routeRules(object),
    written,
  );
  if (index < 0) {
    return { index, state: 'absent' };
  }
  return { index, state: changed ? 'changed' : 'as-written' };
}

/** The rules of a route as they are written. */
export function routeRules(object: ConfigObject): readonly unknown[] {
  const list = routeDialect(object.kind).rulesPointer.split('/').at(-1) ?? '';
  return asList(asRecord(object.spec)?.[list]);
}

/** The weights of a rule with everybody's share. */
export function weightsOf(
  { rule, stable, canary }: FoundRule,
  headerRule: boolean,
  affinity = false,
): CanaryWeights {
  const total = rule.destinations.reduce((sum, { weight }) => sum + weight, 0);
  return {
    headerRule,
    ...(affinity && { affinity }),
    destinations: rule.destinations.map(destination => {
      const { host, subset, port, weight } = destination;
      return {
        role: roleOf(destination, stable, canary),
        host,
        ...(subset !== undefined && { subset }),
        ...(port !== undefined && { port }),
        weight,
        percent: total === 0 ? 0 : (weight * 100) / total,
      };
    }),
  };
}

/** Whether two splits send the same shares to the same places, whatever the order. */
export function sameWeights(a: CanaryWeights, b: CanaryWeights): boolean {
  const texts = ({ destinations }: CanaryWeights) =>
    destinations
      .map(({ host, subset, port, weight }) =>
        JSON.stringify([host, subset ?? '', port ?? 0, weight]),
      )
      .sort()
      .join();
  return (
    a.headerRule === b.headerRule &&
    Boolean(a.affinity) === Boolean(b.affinity) &&
    texts(a) === texts(b)
  );
}

function roleOf(
  destination: { pointer: string },
  stable: { pointer: string },
  canary: { pointer: string } | undefined,
): CanaryDestinationWeight['role'] {
  if (destination.pointer === stable.pointer) {
    return 'stable';
  }
  return destination.pointer === canary?.pointer ? 'canary' : 'other';
}
