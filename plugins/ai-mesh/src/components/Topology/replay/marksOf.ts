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

/**
 * Where outages began and ended, where nothing was measured, what canaries did, when budget alerts fired, and what was
 * changed; oldest first.
 */
export function marksOf(
  replay: Replay,
  canaries: readonly CanaryDetails[],
  t: Translate,
): ReplayMark[] {
  const { moments } = replay;
  const names = (ids: readonly string[]) =>
    ids.map(id => nameOf(replay, id)).join(t('text.and'));
  const marks: ReplayMark[] = [];
  // Where it hurt at the last moment that tells; how it was before the first one nobody knows.
  let known: readonly string[] | undefined;
  moments.forEach(({ at, measured, origins }, moment) => {
    const add = (text: string) => marks.push({ at, moment, text });
    if (moment > 0 && moments[moment - 1].measured !== measured) {
      add(t(measured ? 'replay.mark.measured' : 'replay.mark.unmeasured'));
    }
    if (!measured) {
      return;
    }
    const began = origins.filter(id => known && !known.includes(id));
    const ended = (known ?? []).filter(id => !origins.includes(id));
    known = origins;
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
  return [...marks, ...alertMarks(replay, t), ...changeMarks(replay, t)].sort(
    (a, b) => a.at.localeCompare(b.at),
  );
}

function alertMarks({ moments, budgetAlerts }: Replay, t: Translate) {
  const alerts = budgetAlerts.status === 'known' ? budgetAlerts.value : [];
  return alerts.flatMap(({ objective, model, severity, from, until }) => {
    const name = { objective: model ? `${objective} (${model})` : objective };
    const mark = (at: string, text: string): ReplayMark[] => {
      const moment = moments.findIndex(one => one.at === at);
      // What fires at the first moment may have begun at any time before.
      return moment > 0 ? [{ at, moment, text }] : [];
    };
    return [
      ...mark(from, t(`replay.mark.alert.${severity}`, name)),
      ...(until ? mark(until, t('replay.mark.alertEnds', name)) : []),
    ];
  });
}

function changeMarks({ moments, changes }: Replay, t: Translate): ReplayMark[] {
  return changes.flatMap(({ at, by, object }) => {
    const moment = moments.findIndex(one => one.at >= at);
    const name = `${object.kind} ${object.name}`;
    return moment > 0
      ? [
          {
            at,
            moment,
            text:
              by === undefined
                ? t('replay.mark.created', { name })
                : t('replay.mark.changed', { name, by }),
          },
        ]
      : [];
  });
}
