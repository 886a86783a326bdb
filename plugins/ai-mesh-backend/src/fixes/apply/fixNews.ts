import {
  wording,
  wordsOf,
  type FixApplicationState,
  type TextKey,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { Audience, Notice } from '../../people';
import type { ApplicationRecord } from './ApplicationRecord';

/** What people are told of a fix that is to be written into the cluster. */
export interface FixNews extends Required<
  Pick<Notice, 'title' | 'description' | 'severity'>
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
  TextKey
> = {
  requested: 'news.waits',
  applied: 'news.applied',
  undone: 'news.undone',
  rejected: 'news.rejected',
  cancelled: 'news.takenBack',
  expired: 'news.expired',
  failed: 'news.notApplied',
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
    title: wording(
      'news.fix',
      { code, name },
      { says: isNotUndone ? 'news.notUndone' : says[state] },
    ),
    description: [
      wording('news.fixOf', {
        kind: object.kind,
        object: `${object.namespace}/${object.name}`,
        cluster: object.cluster,
      }),
      ...(state === 'requested' ? wordsOf({ message: reason }) : []),
      ...(isDecision ? wordsOf({ message: decision }) : []),
      ...(record.words ?? []),
    ],
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
