import {
  inEnglish,
  type FixApplicationState,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { Audience } from '../../people';
import type { ApplicationRecord } from './ApplicationRecord';

/** What people are told of a fix that is to be written into the cluster. */
export interface FixNews extends Required<
  Pick<NotificationPayload, 'title' | 'description' | 'severity'>
> {
  to: Audience[];
  /** Who did it; empty: nobody, but the portal. */
  by: string;
  /** What it says, in a word: the same is not told again within the hour. */
  what: string;
  /** Somebody has to do something now, so that it is told every time. */
  asks?: true;
}

/** Whoever was asked for a decision hears what became of it, in the place of the question. */
const everybody: Audience[] = ['requester', 'owner', 'approvers'];

const says: Record<
  Exclude<FixApplicationState, 'approved' | 'undoing'>,
  string
> = {
  requested: 'waits for approval',
  applied: 'was applied',
  undone: 'was undone',
  rejected: 'was rejected',
  cancelled: 'was taken back',
  expired: 'expired: nobody decided on it',
  failed: 'was not applied',
};

/** What to tell of a fix as it is now; nothing while it is being written. */
export function fixNews(record: ApplicationRecord): FixNews | undefined {
  const { state, code, object, reason, decision } = record;
  if (state === 'approved' || state === 'undoing') {
    return undefined;
  }
  const isNotUndone = state === 'applied' && record.words !== undefined;
  const isDecision = state === 'rejected' || state === 'cancelled';
  const { name } = parseEntityRef(record.entityRef);
  return {
    what: isNotUndone ? 'notUndone' : state,
    title: `The fix of ${code} for ${name} ${isNotUndone ? 'was not undone' : says[state]}`,
    description: [
      `${object.kind} ${object.namespace}/${object.name} on ${object.cluster}.`,
      state === 'requested' ? reason : undefined,
      isDecision ? decision : undefined,
      record.words && inEnglish(record.words),
    ]
      .filter(part => part !== undefined)
      .join(' '),
    severity: state === 'failed' || isNotUndone ? 'high' : 'normal',
    to: state === 'requested' ? ['approvers'] : everybody,
    by: whoDid(record),
    ...(state === 'requested' && { asks: true }),
  };
}

/** What was decided and is written later is the portal's deed. */
function whoDid({ state, requestedBy, decidedBy = '' }: ApplicationRecord) {
  switch (state) {
    case 'requested':
      return requestedBy;
    case 'rejected':
    case 'cancelled':
      return decidedBy;
    default:
      return '';
  }
}
