import type { CanaryNext } from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryRecord } from './CanaryRecord';
import { clustersBefore } from './group';
import { moveAfter, unconfirmed, weightOf } from './steps';

/** What happens next, and when. */
export function nextOf(record: CanaryRecord): CanaryNext {
  const { state, plan, progress } = record;
  switch (state) {
    case 'requested':
      return {
        action: 'wait-for-approval',
        message: 'Waits until somebody approves or rejects it.',
      };
    case 'approved': {
      const before = clustersBefore(record).at(-1);
      if (before !== undefined) {
        return {
          action: 'wait-for-cluster',
          message: `Starts when the canary in cluster '${before}' is promoted.`,
        };
      }
      const notBefore = plan.startWindow?.notBefore;
      return notBefore
        ? {
            action: 'wait-for-window',
            at: notBefore,
            message: 'Starts when its time window begins.',
          }
        : { action: 'start', message: 'Starts now.' };
    }
    case 'progressing':
      return whenProgressing(record);
    case 'paused':
      return progress.pause?.cause === 'could-not-restore'
        ? {
            action: 'restore',
            message: 'Tries again to restore the weights of before.',
          }
        : {
            action: 'wait-for-person',
            message: 'Waits for a person; the weights stay as they are.',
          };
    case 'rollingBack':
      return {
        action: 'restore',
        message: 'Restores the weights of before the start.',
      };
    default:
      return { action: 'nothing', message: 'It has ended.' };
  }
}

function whenProgressing(record: CanaryRecord): CanaryNext {
  const { plan, progress } = record;
  const move = progress.move ?? moveAfter(record);
  const weight = weightOf(record, move);
  const wait = unconfirmed(record, move);
  if (wait !== undefined && !progress.move) {
    return {
      action: 'wait-for-confirmation',
      weight: wait,
      message: `The step to ${wait} % waits for a confirmation${progress.asking === undefined ? ' once the gates have passed' : ''}.`,
    };
  }
  const leftMs = Math.max(0, plan.intervalSeconds * 1000 - progress.observedMs);
  const at =
    progress.move || !progress.lookedAt
      ? undefined
      : new Date(new Date(progress.lookedAt).getTime() + leftMs).toISOString();
  const when = progress.hold
    ? 'as soon as the gates pass'
    : 'if the gates pass';
  return weight === undefined
    ? { action: 'promote', at, message: `Is promoted ${when}.` }
    : {
        action: 'advance',
        weight,
        at,
        message: `Goes to ${weight} % ${when}.`,
      };
}
