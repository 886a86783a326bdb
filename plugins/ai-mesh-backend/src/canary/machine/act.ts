import {
  canaryPercent,
  said,
  wording,
  type CanaryAction,
  type CanaryActionName,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ActionRefused } from './ActionRefused';
import { actionsIn } from './actionsIn';
import type { CanaryProgress, CanaryRecord, Outcome } from './CanaryRecord';
import { notPromoted } from './group';
import { newWeights } from './newWeights';
import { moveAfter, unconfirmed, weightOf } from './steps';
import { transition } from './transition';
import { closeCalls } from './webhooks';

/** What is the same for every action. */
interface Deed {
  by: string;
  at: Date;
  what: CanaryActionName;
  reason: string;
}

/** Nothing holds, pauses or disturbs any more. */
const undisturbed: Partial<CanaryProgress> = {
  hold: undefined,
  pause: undefined,
  drift: undefined,
  failedWrites: undefined,
  // Whoever lets it go on has the right to by what is proven now.
  owners: undefined,
};

/**
 * A person's action. Whether the person may is decided elsewhere.
 *
 * @throws ActionRefused where the canary's state does not allow it
 */
export function act(
  record: CanaryRecord,
  { action, reason }: Pick<CanaryAction, 'action' | 'reason'>,
  by: string,
  at: Date,
): Outcome {
  if (!actionsIn(record, at).includes(action)) {
    throw new ActionRefused(refusal(record, action));
  }
  const deed: Deed = { by, at, what: action, reason: reason ?? '' };
  return closeCalls(done(record, action, deed), at);
}

function done(
  record: CanaryRecord,
  action: CanaryActionName,
  deed: Deed,
): Outcome {
  switch (action) {
    case 'approve':
      return decided(record, 'approved', deed);
    case 'reject':
      return decided(record, 'rejected', deed);
    case 'cancel':
      return transition(record, { ...deed, to: 'cancelled' });
    case 'pause':
      return pause(record, deed);
    case 'rollBack':
      return stay(record, 'rollingBack', deed, {
        ...undisturbed,
        ...(record.state === 'promoted'
          ? // Much may have happened to the route since: the person is asked once more before that is overwritten.
            { ...notPromoted, move: { kind: 'restore', asked: true } }
          : { move: { kind: 'restore', asked: true, overDrift: true } }),
      });
    case 'resume':
      return goOn(record, deed, {});
    case 'advance':
      return goOn(record, deed, {
        move: { ...moveAfter(record), asked: true },
        confirmed: confirming(record),
      });
    case 'confirmStep':
      return stay(record, record.state, deed, {
        confirmed: confirming(record),
        asking: undefined,
      });
    case 'adoptDrift':
      return adopt(record, deed);
    case 'restoreDrift':
      return goOn(record, deed, {
        move: { kind: 'rewrite', asked: true, overDrift: true },
      });
    case 'cleanUp':
      return cleanUp(record, 'asked', deed);
    default:
      return cleanUp(record, 'undoing', deed);
  }
}

function decided(
  record: CanaryRecord,
  to: 'approved' | 'rejected',
  deed: Deed,
): Outcome {
  const outcome = transition(record, { ...deed, to });
  return { ...outcome, record: { ...outcome.record, decidedBy: deed.by } };
}

/** An action after which the weights are still the same. */
function stay(
  record: CanaryRecord,
  to: CanaryRecord['state'],
  deed: Deed,
  progress: Partial<CanaryProgress>,
): Outcome {
  const { drift, written } = record.progress;
  // What somebody else wrote is what stands there, where that is known.
  const present = drift?.found ?? written;
  return transition(
    record,
    { ...deed, to, weightsBefore: present, weightsAfter: present },
    progress,
  );
}

function pause(record: CanaryRecord, deed: Deed): Outcome {
  const { by, at, reason } = deed;
  return stay(record, 'paused', deed, {
    hold: undefined,
    // A first write that was not sent yet is sent when it goes on.
    move: record.progress.move?.asked ? record.progress.move : undefined,
    pause: {
      cause: 'person',
      by,
      ...(reason ? { message: reason } : said(wording('run.paused'))),
      since: at.toISOString(),
    },
  });
}

function goOn(
  record: CanaryRecord,
  deed: Deed,
  progress: Partial<CanaryProgress>,
): Outcome {
  return stay(record, 'progressing', deed, {
    ...undisturbed,
    lookedAt: deed.at.toISOString(),
    ...progress,
  });
}

/** What somebody else wrote becomes what the canary goes on from. */
function adopt(record: CanaryRecord, deed: Deed): Outcome {
  const { drift, steps } = record.progress;
  const found = drift?.found;
  if (!found) {
    throw new ActionRefused(wording('act.noWeights'));
  }
  const percent = canaryPercent(found);
  return transition(
    record,
    {
      ...deed,
      to: 'progressing',
      weightsBefore: found,
      weightsAfter: found,
    },
    {
      ...undisturbed,
      written: found,
      step: steps.findLastIndex(step => step <= percent + 0.5),
      phase: found.headerRule ? 'header' : 'weights',
      headerRule: found.headerRule ? record.progress.headerRule : undefined,
      affinity: found.affinity ? record.progress.affinity : undefined,
      ...newWeights(record.progress, deed.at),
    },
  );
}

function confirming(record: CanaryRecord): number[] {
  const weight = unconfirmed(record, moveAfter(record));
  return weight === undefined
    ? record.progress.confirmed
    : [...record.progress.confirmed, weight];
}

function cleanUp(
  record: CanaryRecord,
  status: 'asked' | 'undoing',
  deed: Deed,
): Outcome {
  const present = record.progress.cleanUp;
  return stay(record, record.state, deed, {
    cleanUp: present && {
      ...present,
      status,
      message: undefined,
      words: undefined,
    },
  });
}

function refusal(record: CanaryRecord, action: CanaryActionName): Words {
  const { state, progress } = record;
  const weight = weightOf(record, moveAfter(record));
  if (action === 'confirmStep' && state === 'progressing') {
    return weight === undefined
      ? wording('act.noStep')
      : wording('act.noConfirmation', { weight });
  }
  const terms = {
    state: `canaryState.${state}`,
    action: `action.${action}`,
  } as const;
  return progress.pause
    ? wording(
        'act.refusedPaused',
        {},
        { ...terms, cause: `cause.${progress.pause.cause}` },
      )
    : wording('act.refused', {}, terms);
}
