import {
  factNames,
  wording,
  type FactName,
  type Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import { canaryFacts } from './canaryFacts';
import { noFact, type ComputedFact, type UnknownFact } from './ComputedFact';
import type { FactAnswers } from './FactAnswers';
import { reviewFacts } from './reviewFacts';
import { securityFacts } from './securityFacts';
import { sloFacts } from './sloFacts';
import { trafficFacts } from './trafficFacts';

/** Every fact of an entity at one moment. */
export type ComputedFacts = Record<FactName, ComputedFact>;

/**
 * An entity's facts, from what its screens say. Pure. What a cluster's API showed before it went away is no fact of now:
 * then all of them are unknown, and none is false.
 */
export function computeFacts(answers: FactAnswers, now: Date): ComputedFacts {
  const canaries = canaryFacts(answers, now);
  const missing = whyNothing(answers.overview);
  if (missing) {
    return { ...everyFactIs(missing), ...canaries };
  }
  return {
    ...securityFacts(answers),
    ...reviewFacts(answers),
    ...trafficFacts(answers),
    ...sloFacts(answers),
    ...canaries,
  };
}

/** All facts for one reason unknown. */
export function everyFactIs(unknown: UnknownFact): ComputedFacts {
  return Object.fromEntries(
    factNames.map(name => [name, unknown]),
  ) as ComputedFacts;
}

function whyNothing({
  services,
  sources,
  resolution,
}: FactAnswers['overview']): UnknownFact | undefined {
  const away = sources.find(isAway);
  if (away) {
    return noFact(
      away.status === 'forbidden' ? 'forbidden' : 'source-unreachable',
      away,
    );
  }
  return services.length > 0
    ? undefined
    : noFact(
        'not-applicable',
        wording('facts.nothingFound', {
          annotation: resolution.annotation,
          value: resolution.value,
        }),
      );
}

function isAway({ name, status }: Source): boolean {
  return (
    name === 'kubernetes' &&
    (status === 'stale' || status === 'unreachable' || status === 'forbidden')
  );
}
