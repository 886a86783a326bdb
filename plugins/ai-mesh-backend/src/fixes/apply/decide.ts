import {
  wording,
  type FixApplicationAction,
  type FixApplicationActionName,
  type FixApplicationState,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import { worded } from '../../worded';
import type { ApplicationRecord } from './ApplicationRecord';

/** Who decides: a person, or a service under its own subject. */
export interface Decider {
  kind: 'person' | 'service';
  ref: string;
}

const after: Record<FixApplicationActionName, FixApplicationState> = {
  approve: 'approved',
  reject: 'rejected',
  cancel: 'cancelled',
  undo: 'undoing',
};

/** What a state allows. */
export function actionsIn(
  state: FixApplicationState,
): FixApplicationActionName[] {
  switch (state) {
    case 'requested':
      return ['approve', 'reject', 'cancel'];
    case 'applied':
      return ['undo'];
    default:
      return [];
  }
}

/**
 * What a decision makes of it.
 *
 * @throws NotAllowedError where it is for another person to decide
 * @throws ConflictError where it has moved on, or its state does not allow it
 */
export function decide(
  record: ApplicationRecord,
  { action, version, reason }: FixApplicationAction,
  { kind, ref }: Decider,
  requesterMayApprove: boolean,
  at: Date,
): ApplicationRecord {
  if (kind !== 'person' && action !== 'cancel') {
    throw worded(
      NotAllowedError,
      wording('act.person', {}, { action: `action.${action}` }),
    );
  }
  if (action === 'cancel' && ref !== record.requestedBy) {
    throw worded(NotAllowedError, wording('fix.onlyAsker'));
  }
  if (
    action === 'approve' &&
    ref === record.requestedBy &&
    !requesterMayApprove
  ) {
    throw worded(NotAllowedError, wording('fix.own'));
  }
  if (version !== record.version || !actionsIn(record.state).includes(action)) {
    throw worded(
      ConflictError,
      wording('fix.movedOn', {}, { state: `fixState.${record.state}` }),
    );
  }
  const { words: _, decision: __, ...rest } = record;
  return {
    ...rest,
    state: after[action],
    begun: false,
    decidedBy: ref,
    decidedAt: at.toISOString(),
    ...(reason !== undefined && { decision: reason }),
  };
}
