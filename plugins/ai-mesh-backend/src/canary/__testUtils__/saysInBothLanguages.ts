import type {
  CanaryTransition,
  Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { inBothLanguages } from '../gates/__testUtils__/inBothLanguages';
import { nextOf, type CanaryRecord } from '../machine';

/** Expects words of all that the engine says of a canary, and of what has happened to it. */
export function saysInBothLanguages(
  record: CanaryRecord,
  transitions: readonly CanaryTransition[] = [],
): void {
  const { hold, pause, drift, check, cleanUp } = record.progress;
  const spoken = [
    nextOf(record),
    hold,
    pause?.by === 'engine' ? pause : undefined,
    drift,
    check?.leftOut !== undefined && {
      message: check.leftOut,
      words: check.leftOutWords,
    },
    cleanUp?.message !== undefined && {
      message: cleanUp.message,
      words: cleanUp.words,
    },
    ...transitions
      .filter(({ by }) => by === 'engine')
      .map(({ reason, words }) => ({ message: reason, words })),
  ];
  for (const one of spoken) {
    if (isSpoken(one)) {
      inBothLanguages<Sentences>(one);
    }
  }
}

/** What somebody else said stands as it is. */
function isSpoken(one: Sentences | false | undefined): one is Sentences {
  return Boolean(one && !one.words?.every(({ key }) => key === 'verbatim'));
}
