import {
  wording,
  wordsOf,
  type CanaryTransition,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { Audience } from '../../people';
import type { CanaryRecord } from '../machine';
import { versionText } from '../split';

/** What people are told of one row of a canary's history. */
export interface CanaryNews {
  to: Audience[];
  severity: 'normal' | 'high' | 'critical';
  title: Words;
  description: Words[];
  /** Somebody has to do something now, so that it is told every time. */
  asks?: true;
}

const everybody: Audience[] = ['requester', 'owner', 'approvers'];
const concerned: Audience[] = ['requester', 'owner'];

/** What is worth a message, by what happened. Steps are not: a live view shows them. */
const news: Record<
  string,
  Omit<CanaryNews, 'title' | 'description'> & { says: TextKey }
> = {
  requested: {
    to: ['approvers'],
    severity: 'normal',
    says: 'news.waits',
    asks: true,
  },
  approve: { to: concerned, severity: 'normal', says: 'news.approved' },
  reject: { to: concerned, severity: 'normal', says: 'news.rejected' },
  cancel: { to: everybody, severity: 'normal', says: 'news.cancelled' },
  expired: {
    to: everybody,
    severity: 'normal',
    says: 'news.expired',
  },
  failed: { to: concerned, severity: 'high', says: 'news.failed' },
  pause: { to: concerned, severity: 'normal', says: 'news.paused' },
  drift: {
    to: concerned,
    severity: 'high',
    says: 'news.drift',
  },
  heldTooLong: {
    to: concerned,
    severity: 'high',
    says: 'news.heldTooLong',
  },
  disowned: {
    to: everybody,
    severity: 'high',
    says: 'news.disowned',
  },
  couldNotWrite: {
    to: concerned,
    severity: 'high',
    says: 'news.couldNotWrite',
  },
  couldNotRestore: {
    to: everybody,
    severity: 'critical',
    says: 'news.couldNotRestore',
  },
  asksForConfirmation: {
    to: everybody,
    severity: 'normal',
    says: 'news.asksForConfirmation',
    asks: true,
  },
  breach: { to: concerned, severity: 'high', says: 'news.rollingBack' },
  stoppedByWebhook: {
    to: concerned,
    severity: 'high',
    says: 'news.rollingBack',
  },
  takenBack: { to: concerned, severity: 'high', says: 'news.rollingBack' },
  notTakenBack: {
    to: everybody,
    severity: 'high',
    says: 'news.notTakenBack',
  },
  stopped: { to: concerned, severity: 'normal', says: 'news.stopped' },
  rollBack: { to: concerned, severity: 'high', says: 'news.rollingBack' },
  restored: { to: concerned, severity: 'high', says: 'news.restored' },
  promoted: { to: concerned, severity: 'normal', says: 'news.promoted' },
  cleanUpOffered: {
    to: concerned,
    severity: 'normal',
    says: 'news.cleanUpOffered',
    asks: true,
  },
  cleanUpRefused: {
    to: concerned,
    severity: 'normal',
    says: 'news.cleanUpRefused',
  },
  cleanedUp: { to: concerned, severity: 'normal', says: 'news.cleanedUp' },
};

/** What happens to all canaries of one request at once is told once, of the first. */
const TOLD_ONCE = ['requested', 'approve', 'reject', 'expired'];

/** What to tell of a row, or nothing. */
export function canaryNews(
  record: CanaryRecord,
  { what, reason, words }: CanaryTransition,
): CanaryNews | undefined {
  if (!Object.hasOwn(news, what)) {
    return undefined;
  }
  const { group, service } = record;
  const isForAll = TOLD_ONCE.includes(what);
  if (isForAll && group && group.clusters[0] !== service.cluster) {
    return undefined;
  }
  const { says, to, severity, asks } = news[what];
  const { name } = parseEntityRef(record.entityRef);
  const version = record.canary.subset ?? versionText(record.canary);
  return {
    to,
    severity,
    title: wording(
      group ? 'news.canaryIn' : 'news.canary',
      {
        name,
        version,
        ...(group && {
          clusters: isForAll ? group.clusters.join(', ') : service.cluster,
        }),
      },
      { says },
    ),
    description: wordsOf({ message: reason, words }),
    ...(asks && { asks }),
  };
}
