import type { CanaryWeights } from '@ai-mesh/plugin-ai-mesh-common';
import {
  readSplit,
  sameWeights,
  SplitRefusal,
  type CanaryRecord,
  type SplitSelector,
} from '../../canary';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { JudgedState } from '../JudgedState';

/** The weights that a route is to have, and where in it. */
export interface WantedSplit extends Omit<SplitSelector, 'clusterDomain'> {
  destinations: CanaryWeights['destinations'];
}

/** What a canary has left; undefined where it is not promoted. */
export function wantedSplit({
  state,
  route,
  stable,
  canary,
  progress: { written },
}: CanaryRecord): WantedSplit | undefined {
  return state === 'promoted' && written
    ? { rule: route.rule, stable, canary, destinations: written.destinations }
    : undefined;
}

/** Whether a route has them. */
export function judgeSplit(
  { destinations, ...selector }: WantedSplit,
  object: ConfigObject,
  clusterDomain: string,
): JudgedState {
  try {
    const { weights } = readSplit(object, { ...selector, clusterDomain });
    return {
      standing: sameWeights(weights, { destinations, headerRule: false })
        ? 'applied'
        : 'differs',
    };
  } catch (error) {
    if (error instanceof SplitRefusal) {
      return { standing: 'differs', words: [error.words] };
    }
    throw error;
  }
}
