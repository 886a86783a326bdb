import {
  canaryPercent,
  type CanaryDetails,
  type Replay,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../../translation';
import { versionName } from '../../Canary/versionName';
import { nameOf } from '../describe';

/** Something that happened within the span. */
export interface ReplayMark {
  /** ISO 8601. */
  at: string;
  /** The moment of the replay that shows it: the first one at or after it. */
  moment: number;
  text: string;
}

/** Where outages began and ended, where nothing was measured, and what canaries did; oldest first. */
export function marksOf(
  replay: Replay,
  canaries: readonly CanaryDetails[],
  t: Translate,
): ReplayMark[] {
  const { moments } = replay;
  const names = (ids: readonly string[]) =>
    ids.map(id => nameOf(replay, id)).join(', ');
  const marks: ReplayMark[] = [];
  moments.forEach(({ at, measured, origins }, moment) => {
    const before = moments[moment - 1];
    if (!before) {
      return;
    }
    const add = (text: string) => marks.push({ at, moment, text });
    if (before.measured !== measured) {
      add(t(measured ? 'replay.mark.measured' : 'replay.mark.unmeasured'));
    }
    const began = origins.filter(id => !before.origins.includes(id));
    const ended = measured
      ? before.origins.filter(id => !origins.includes(id))
      : [];
    if (began.length > 0) {
      add(t('replay.mark.began', { names: names(began) }));
    }
    if (ended.length > 0) {
      add(t('replay.mark.ended', { names: names(ended) }));
    }
  });
  for (const { transitions, canary, service } of canaries) {
    const version = versionName(canary, service);
    for (const { at, to, from, weightsAfter } of transitions) {
      const moment = moments.findIndex(one => one.at >= at);
      if (moment > 0 && (weightsAfter || to !== from)) {
        marks.push({
          at,
          moment,
          text:
            weightsAfter && to === from
              ? t('replay.mark.canaryWeight', {
                  version,
                  percent: String(canaryPercent(weightsAfter)),
                })
              : t('replay.mark.canaryState', {
                  version,
                  state: t(`canary.state.${to}`),
                }),
        });
      }
    }
  }
  return marks.sort((a, b) => a.at.localeCompare(b.at));
}
