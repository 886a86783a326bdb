import { said, wording, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { LookBack } from './LookBack';
import type { NamespacePlaintext } from './namespacePlaintext';
import { isUnanswered, type ObservedCaller } from './observedCallers';

type Unknown = Extract<Measured<never>, { status: 'unknown' }>;

/**
 * Why it cannot be said that nobody calls in plaintext; undefined: it can. That no plaintext was seen means something
 * only where somebody looked, all the time.
 */
export function unobserved(inputs: {
  readonly observed: Measured<readonly ObservedCaller[]>;
  readonly namespacePlaintext: Measured<NamespacePlaintext>;
  readonly lookBack: LookBack;
  readonly now: Date;
}): Unknown | undefined {
  const { observed, namespacePlaintext, lookBack, now } = inputs;
  if (observed.status === 'unknown') {
    return observed;
  }
  if (namespacePlaintext.status === 'unknown') {
    return namespacePlaintext;
  }
  const untold = observed.value.filter(({ mtls }) => mtls.status === 'unknown');
  const gap =
    untold.find(caller => !isUnanswered(caller)) ??
    (untold.length === observed.value.length ? untold[0] : undefined);
  if (gap?.mtls.status === 'unknown') {
    return gap.mtls;
  }
  const { since } = namespacePlaintext.value;
  const watched = since && (now.getTime() - since.getTime()) / 1000;
  // The first point may be a step late, and range queries are aligned to whole steps.
  if (
    watched === undefined ||
    watched < lookBack.seconds - 3 * lookBack.stepSeconds
  ) {
    return {
      status: 'unknown',
      reason: 'not-exported',
      ...said(
        wording('strict.knownTooShort', {
          watched: Math.round(watched ?? 0),
          lookBack: lookBack.seconds,
        }),
      ),
    };
  }
  return undefined;
}
