import { isDeepStrictEqual } from 'node:util';
import type {
  CanaryTransition,
  ConfiguredThen,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryRecord } from '../machine';

/** Whether a canary was under way at a moment: only then it kept account of its route. */
export function wasUnderWay(
  { requestedAt, endedAt }: CanaryRecord,
  at: Date,
): boolean {
  const moment = at.getTime();
  return (
    Date.parse(requestedAt) <= moment &&
    (endedAt === undefined || moment <= Date.parse(endedAt))
  );
}

/**
 * How a canary's route was set at a moment within its life; undefined before it began to look after the route.
 *
 * @param transitions - oldest first
 */
export function configuredAt(
  { id, service, route, versions }: CanaryRecord,
  transitions: readonly CanaryTransition[],
  at: Date,
): ConfiguredThen | undefined {
  const told = transitions.flatMap(({ at: since, weightsAfter: weights }) =>
    weights && Date.parse(since) <= at.getTime() ? [{ since, weights }] : [],
  );
  const last = told.at(-1);
  if (!last) {
    return undefined;
  }
  const other = told.findLastIndex(
    ({ weights }) => !isDeepStrictEqual(weights, last.weights),
  );
  return {
    service,
    route,
    weights: last.weights,
    since: told[other + 1].since,
    canary: { id, ...versions },
  };
}
