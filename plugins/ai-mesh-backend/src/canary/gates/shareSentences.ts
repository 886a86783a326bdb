import {
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { percent } from '../../telemetry/percentOf';
import { shareOf, type Tally } from '../statistics';
import type { ShareQuestion } from './ShareQuestion';

/** Sentences about what was found of the canary, beside the stable version's where that had any. */
export function sentencesOf(
  { verb, noun = 'noun.requests', limit }: ShareQuestion,
  canary: Tally,
  stable?: Tally,
) {
  const isBeside = stable !== undefined && stable.requests > 0;
  return (
    key: TextKey,
    params: Words['params'] = {},
    terms: Record<string, TextKey> = {},
  ): Words =>
    wording(
      key,
      {
        share: percent(shareOf(canary) ?? 0),
        requests: Math.round(canary.requests),
        ...(limit !== undefined && { limit }),
        ...(isBeside && {
          stableShare: percent(stable.bad / stable.requests),
          stableRequests: Math.round(stable.requests),
        }),
        ...params,
      },
      {
        found: isBeside ? 'share.foundBeside' : 'share.found',
        noun,
        verb,
        ...terms,
      },
    );
}

/** A difference of shares, in percentage points. */
export function marginOf(ratioOf: number) {
  const points = Number((ratioOf * 100).toPrecision(3));
  return {
    params: { points },
    terms: {
      margin: points === 1 ? ('point.one' as const) : ('point.many' as const),
    },
  };
}
