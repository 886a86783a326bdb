import type { Tone } from '../../../theme';

const tones = {
  request: 'accent',
  requested: 'accent',
  approve: 'healthy',
  reject: 'failing',
  cancel: 'unknown',
  expired: 'unknown',
  failed: 'failing',
  started: 'accent',
  headerPhase: 'accent',
  step: 'accent',
  rewritten: 'accent',
  landed: 'unknown',
  promoted: 'healthy',
  restored: 'degraded',
  retried: 'unknown',
  pause: 'degraded',
  resume: 'accent',
  advance: 'accent',
  rollBack: 'failing',
  confirmStep: 'healthy',
  asksForConfirmation: 'degraded',
  heldTooLong: 'degraded',
  disowned: 'degraded',
  breach: 'failing',
  webhook: 'unknown',
  stoppedByWebhook: 'failing',
  takenBack: 'failing',
  notTakenBack: 'degraded',
  stopped: 'unknown',
  drift: 'degraded',
  adoptDrift: 'accent',
  restoreDrift: 'accent',
  couldNotWrite: 'degraded',
  couldNotRestore: 'failing',
  keptFields: 'degraded',
  cleanUp: 'accent',
  undoCleanUp: 'accent',
  cleanUpOffered: 'accent',
  cleanUpRefused: 'degraded',
  cleanedUp: 'healthy',
  cleanUpUndone: 'healthy',
} as const satisfies Record<string, Tone>;

type Happening = keyof typeof tones;

/** How a row of the history is called and coloured; nothing for one that only a newer backend knows. */
export function happeningOf(
  what: string,
): { text: `canary.what.${Happening}`; tone: Tone } | undefined {
  if (!Object.hasOwn(tones, what)) {
    return undefined;
  }
  const happening = what as Happening;
  return { text: `canary.what.${happening}`, tone: tones[happening] };
}
