import type { Canary, Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Tone } from '../../theme';
import type { Translate } from '../../translation';
import { textSaid } from '../Figures';
import { toneOfCanary } from './StateMark';

/** How a canary stands, in words. */
export interface Situation {
  tone: Tone;
  /** One sentence. */
  title: string;
  /** What the backend says of it, with figures. */
  said?: { message: string; words?: readonly Words[] };
  /** Since when it is so. */
  since?: string;
  /** Who brought it about. */
  by?: string;
}

/** What a person has to know first: why it holds, why it is paused, what it waits for, how it ended. */
export function situationOf(canary: Canary, t: Translate): Situation {
  const tone = toneOfCanary(canary);
  const { state, pause, hold, next } = canary;
  if (state === 'paused' && pause) {
    return {
      tone,
      title: t(`canary.pause.${pause.cause}`),
      said: pause,
      since: pause.since,
      by: pause.by,
    };
  }
  if (state === 'progressing' && hold) {
    return {
      tone,
      title: t(`canary.hold.${hold.reason}`),
      said: hold,
      since: hold.since,
    };
  }
  if (state === 'progressing') {
    const waits = next.action === 'wait-for-confirmation';
    return {
      tone: waits ? 'degraded' : tone,
      title: t(`canary.situation.${waits ? 'confirm' : state}`),
      said: canary.check?.verdict,
    };
  }
  return { tone, title: t(`canary.situation.${state}`) };
}

/** What happens next, in one sentence; the time is said beside it. */
export function nextSentence(
  { next, hold }: Pick<Canary, 'next' | 'hold'>,
  format: Format,
  t: Translate,
): string {
  const { action, weight } = next;
  switch (action) {
    case 'advance':
    case 'wait-for-confirmation': {
      if (weight === undefined) {
        return textSaid(next, t);
      }
      const held = action === 'advance' && hold ? 'advance-held' : action;
      return t(`canary.next.${held}`, { weight: format.percent(weight / 100) });
    }
    default:
      return t(`canary.next.${action}`);
  }
}
