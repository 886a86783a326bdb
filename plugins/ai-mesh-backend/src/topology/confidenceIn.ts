import type { Outage } from '@ai-mesh/plugin-ai-mesh-common';
import { chanceOf } from '../telemetry';
import { isWrong } from './blameOf';
import type { Fault, OutageNode } from './traceBlame';

/** See {@link Outage}. */
export type Confidence = Extract<
  Outage,
  { status: 'found' }
>['origins'][number]['confidence'];

/** On fewer requests a failure may be chance. */
const ENOUGH_REQUESTS = 50;
/** What has begun in the last minute is likely where chance does so more seldom than this. */
const CHANCE = 1e-6;
/** Slower by less than this may be load, or another version's way of working. */
const CLEARLY_SLOWER = 3;

/**
 * How sure it is that an outage starts at a node that blames nobody outside of its circle.
 *
 * @param withholds - whether it makes so many calls less that it may only suffer from whom it does not call
 */
export function confidenceIn(
  node: OutageNode,
  {
    blames,
    accused: byAccused,
    withholds = false,
  }: Pick<Fault, 'blames' | 'accused'> & { withholds?: boolean },
): Confidence {
  const { requestCount } = node.traffic;
  const accused = byAccused.get(node.id) ?? [];
  const inCircle = blames.get(node.id)!.length > 0;
  if (node.cutOff) {
    // The cluster's objects or connections say it, whatever else was counted; of whom nobody reached before, not why.
    return isWrong(node) ? 'likely' : 'possible';
  }
  const few =
    requestCount.status === 'unknown' || requestCount.value < ENOUGH_REQUESTS;
  // Whom it calls, or, of a caller of the entity, whom else, is not seen, so it may only suffer.
  const blind =
    node.relation === 'caller' ||
    node.isUnasked ||
    (node.kind !== 'external' && node.proxy === 'none');
  const inferred = accused.length > 0 && accused.every(one => one.inferred);
  const weak = !isWrong(node) && !accused.some(one => one.verdict === 'fails');
  const { slowness } = node;
  const hardlySlow =
    node.health.status === 'slow' &&
    slowness !== undefined &&
    slowness.valueMs < CLEARLY_SLOWER * slowness.usualMs;
  const { onset, lately } = node;
  const unsure =
    onset?.of === 'errors' && lately && chanceOf(lately, 'errors') > CHANCE;
  // An objective alone says that it is bad, and not since when nor why.
  const byObjective = node.objective !== undefined;
  return inCircle ||
    few ||
    blind ||
    inferred ||
    weak ||
    hardlySlow ||
    unsure ||
    withholds ||
    byObjective
    ? 'possible'
    : 'likely';
}
