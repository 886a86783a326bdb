import type {
  CanaryDestinationWeight,
  CanaryWeights,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { findRule, type FoundRule, type SplitSelector } from './findRule';
import { asList, asRecord, type JsonRecord } from './json';
import { routeDialect } from './routeDialects';

/** A route's split as it is in the cluster. */
export interface SplitReading {
  found: FoundRule;
  weights: CanaryWeights;
  /** The header phase's rule: `absent` too where none was ever written. */
  headerRule: 'absent' | 'as-written' | 'changed';
}

/**
 * @param headerRule - the rule that the header phase wrote, if it did
 * @throws SplitRefusal where the rule or the stable version is not there
 */
export function readSplit(
  object: ConfigObject,
  selector: SplitSelector,
  headerRule?: JsonRecord,
): SplitReading {
  const found = findRule(object, selector);
  const header = findHeaderRule(object, headerRule);
  return {
    found,
    weights: weightsOf(found, header.state !== 'absent'),
    headerRule: header.state,
  };
}

export function findHeaderRule(
  object: ConfigObject,
  written: JsonRecord | undefined,
): { index: number; state: SplitReading['headerRule'] } {
  if (!written) {
    return { index: -1, state: 'absent' };
  }
  const dialect = routeDialect(object.kind);
  const list = dialect.rulesPointer.split('/').at(-1) ?? '';
  const { index, changed } = dialect.findHeaderRule(
    asList(asRecord(object.spec)?.[list]),
    written,
  );
  if (index < 0) {
    return { index, state: 'absent' };
  }
  return { index, state: changed ? 'changed' : 'as-written' };
}

/** The weights of a rule with everybody's share. */
export function weightsOf(
  { rule, stable, canary }: FoundRule,
  headerRule: boolean,
): CanaryWeights {
  const total = rule.destinations.reduce((sum, { weight }) => sum + weight, 0);
  return {
    headerRule,
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
  return a.headerRule === b.headerRule && texts(a) === texts(b);
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
