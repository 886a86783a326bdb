import { said, wording, type CanaryNext } from '@ai-mesh/plugin-ai-mesh-common';
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
        ...said(wording('next.approval')),
      };
    case 'approved': {
      const before = clustersBefore(record).at(-1);
      if (before !== undefined) {
        return {
          action: 'wait-for-cluster',
          ...said(wording('next.cluster', { cluster: before })),
        };
      }
      const notBefore = plan.startWindow?.notBefore;
      return notBefore
        ? {
            action: 'wait-for-window',
            at: notBefore,
            ...said(wording('next.window')),
          }
        : { action: 'start', ...said(wording('next.start')) };
    }
    case 'progressing':
      return whenProgressing(record);
    case 'paused':
      return progress.pause?.cause === 'could-not-restore'
        ? {
            action: 'restore',
            ...said(wording('next.restoreAgain')),
          }
        : {
            action: 'wait-for-person',
            ...said(wording('next.person')),
          };
    case 'rollingBack':
      return {
        action: 'restore',
        ...said(wording('next.restore')),
      };
    default:
      return { action: 'nothing', ...said(wording('next.ended')) };
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
      ...said(
        wording(
          progress.asking === undefined ? 'run.confirmLater' : 'run.confirm',
          { weight: wait },
        ),
      ),
    };
  }
  const leftMs = Math.max(0, plan.intervalSeconds * 1000 - progress.observedMs);
  const at =
    progress.move || !progress.lookedAt
      ? undefined
      : new Date(new Date(progress.lookedAt).getTime() + leftMs).toISOString();
  const when = progress.hold ? 'next.oncePass' : 'next.ifPass';
  return weight === undefined
    ? { action: 'promote', at, ...said(wording('next.promoted', {}, { when })) }
    : {
        action: 'advance',
        weight,
        at,
        ...said(wording('next.advance', { weight }, { when })),
      };
}
