import { inEnglish, wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { percent } from '../../telemetry/percentOf';
import type { ShareBounds } from './shareBounds';

/** Both bounds, for people of any language. */
export function boundWords(rollBack: Words, advance: Words) {
  return {
    rollBackWhen: inEnglish([rollBack]),
    advanceWhen: inEnglish([advance]),
    rollBackWords: rollBack,
    advanceWords: advance,
  };
}

/** Those of a share. */
export function shareBoundWords({
  rollBackAbove,
  advanceBelow,
}: Pick<ShareBounds, 'rollBackAbove' | 'advanceBelow'>) {
  return boundWords(
    wording('when.shareRollBack', { bound: percent(rollBackAbove) }),
    wording('when.shareAdvance', { bound: percent(advanceBelow) }),
  );
}
