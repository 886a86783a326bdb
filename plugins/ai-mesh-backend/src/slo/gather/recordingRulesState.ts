import {
  said,
  wording,
  type Measured,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { PlannedObjective } from './ObjectiveEvents';

/** Whether the generated rules were read, and what to do where they were not. */
export function recordingRulesState(
  planned: readonly PlannedObjective[],
  rows: Measured<readonly unknown[]>,
): Slos['recordingRules'] {
  if (rows.status === 'unknown') {
    return rows.message === undefined
      ? {
          status: 'unknown',
          ...said(wording(`unknown.${rows.reason}`)),
        }
      : {
          status: 'unknown',
          message: rows.message,
          ...(rows.words && { words: rows.words }),
        };
  }
  if (planned.some(({ outdated }) => outdated)) {
    return {
      status: 'outdated',
      ...said(wording('recording.outdated')),
    };
  }
  const recordable = planned.filter(({ definition }) => definition);
  const complete = recordable.filter(plan =>
    plan.windows.every(window =>
      window === plan.periodWindow && plan.calendar
        ? true
        : plan.isRecorded(window),
    ),
  );
  if (recordable.length > 0 && complete.length === recordable.length) {
    return {
      status: 'read',
      ...said(wording('recording.read')),
    };
  }
  return rows.value.length > 0
    ? {
        status: 'partly-read',
        ...said(wording('recording.partlyRead')),
      }
    : {
        status: 'absent',
        ...said(wording('recording.absent')),
      };
}
