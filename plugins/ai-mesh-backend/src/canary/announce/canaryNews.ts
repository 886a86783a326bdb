import type { CanaryTransition } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { Audience } from '../../people';
import type { CanaryRecord } from '../machine';
import { versionText } from '../split';

/** What people are told of one row of a canary's history. */
export interface CanaryNews {
  to: Audience[];
  severity: 'normal' | 'high' | 'critical';
  title: string;
  description: string;
  /** Somebody has to do something now, so that it is told every time. */
  asks?: true;
}

const everybody: Audience[] = ['requester', 'owner', 'approvers'];
const concerned: Audience[] = ['requester', 'owner'];

/** What is worth a message, by what happened. Steps are not: a live view shows them. */
const news: Record<
  string,
  Omit<CanaryNews, 'title' | 'description'> & { says: string }
> = {
  requested: {
    to: ['approvers'],
    severity: 'normal',
    says: 'waits for approval',
    asks: true,
  },
  approve: { to: concerned, severity: 'normal', says: 'was approved' },
  reject: { to: concerned, severity: 'normal', says: 'was rejected' },
  cancel: { to: everybody, severity: 'normal', says: 'was cancelled' },
  expired: {
    to: everybody,
    severity: 'normal',
    says: 'expired: nobody decided on it',
  },
  failed: { to: concerned, severity: 'high', says: 'could not start' },
  pause: { to: concerned, severity: 'normal', says: 'was paused' },
  drift: {
    to: concerned,
    severity: 'high',
    says: 'is paused: the route was changed by somebody else',
  },
  heldTooLong: {
    to: concerned,
    severity: 'high',
    says: 'is paused: it was held for too long',
  },
  disowned: {
    to: everybody,
    severity: 'high',
    says: 'is paused: it is not proven any more whose Service it is',
  },
  couldNotWrite: {
    to: concerned,
    severity: 'high',
    says: 'is paused: the route could not be written',
  },
  couldNotRestore: {
    to: everybody,
    severity: 'critical',
    says: 'could not be rolled back yet',
  },
  asksForConfirmation: {
    to: everybody,
    severity: 'normal',
    says: 'waits for a confirmation',
    asks: true,
  },
  breach: { to: concerned, severity: 'high', says: 'is being rolled back' },
  stoppedByWebhook: {
    to: concerned,
    severity: 'high',
    says: 'is being rolled back',
  },
  takenBack: { to: concerned, severity: 'high', says: 'is being rolled back' },
  notTakenBack: {
    to: everybody,
    severity: 'high',
    says: 'stays promoted, and others of its request are rolled back',
  },
  stopped: { to: concerned, severity: 'normal', says: 'does not start' },
  rollBack: { to: concerned, severity: 'high', says: 'is being rolled back' },
  restored: { to: concerned, severity: 'high', says: 'was rolled back' },
  promoted: { to: concerned, severity: 'normal', says: 'was promoted' },
  cleanUpOffered: {
    to: concerned,
    severity: 'normal',
    says: 'can be cleaned up',
    asks: true,
  },
  cleanUpRefused: {
    to: concerned,
    severity: 'normal',
    says: 'could not be cleaned up',
  },
  cleanedUp: { to: concerned, severity: 'normal', says: 'was cleaned up' },
};

/** What happens to all canaries of one request at once is told once, of the first. */
const TOLD_ONCE = ['requested', 'approve', 'reject', 'expired'];

/** What to tell of a row, or nothing. */
export function canaryNews(
  record: CanaryRecord,
  { what, reason }: CanaryTransition,
): CanaryNews | undefined {
  if (!Object.hasOwn(news, what)) {
    return undefined;
  }
  const { group, service } = record;
  const isForAll = TOLD_ONCE.includes(what);
  if (isForAll && group && group.clusters[0] !== service.cluster) {
    return undefined;
  }
  const where = isForAll
    ? group && ` in ${group.clusters.join(', ')}`
    : group && ` in ${service.cluster}`;
  const { says, to, severity, asks } = news[what];
  const { name } = parseEntityRef(record.entityRef);
  const version = record.canary.subset ?? versionText(record.canary);
  return {
    to,
    severity,
    title: `The canary of ${name} (${version})${where ?? ''} ${says}`,
    description: reason,
    ...(asks && { asks }),
  };
}
