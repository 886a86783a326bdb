import type { Measured, Slos } from '@ai-mesh/plugin-ai-mesh-common';
import type { PlannedObjective } from './ObjectiveEvents';

/** Whether the generated rules were read, and what to do where they were not. */
export function recordingRulesState(
  planned: readonly PlannedObjective[],
  rows: Measured<readonly unknown[]>,
): Slos['recordingRules'] {
  if (rows.status === 'unknown') {
    return { status: 'unknown', message: rows.message ?? rows.reason };
  }
  if (planned.some(({ outdated }) => outdated)) {
    return {
      status: 'outdated',
      message:
        'Prometheus records an earlier definition of the objectives: raw series are read where it differs. Download the rules anew.',
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
      message: 'Recorded series are read: long windows are cheap.',
    };
  }
  return rows.value.length > 0
    ? {
        status: 'partly-read',
        message:
          'Some windows are recorded, raw series are read for the others. Rules that were just installed need some minutes.',
      }
    : {
        status: 'absent',
        message:
          'Raw series are read. Install the recording rules to make windows of days cheap.',
      };
}
