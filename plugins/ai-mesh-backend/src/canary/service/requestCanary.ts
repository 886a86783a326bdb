import { createHash, randomUUID } from 'crypto';
import {
  canaryMayStart,
  wording,
  wordsOf,
  type CanaryPreflight,
  type CanaryPreview,
  type CanaryRequest,
  type CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { Target } from '../../target/Target';
import type { CanaryRecord } from '../machine';
import type { PreflightSubject, RunPreflight } from '../preflight';
import {
  IdempotencyKeyReused,
  RouteBusy,
  type CanaryStore,
  type StoredCanary,
} from '../store';
import { worded } from '../../worded';
import type { CanaryCaller } from './CanaryRules';
import { eachCluster, previewOf } from './acrossClusters';
import { blocked, blockingChecks } from './refusals';
import { subjectOf } from './subjectOf';

/**
 * Asks for a canary, or for one in each of several clusters. Nothing is kept of a request that the preflight blocks in
 * any of them.
 *
 * @returns the first
 * @throws InputError, ConflictError where the key belongs to another request, ServiceUnavailableError where a cluster
 * does not answer, RouteBusy
 */
export async function requestCanary(
  tools: { store: CanaryStore; runPreflight: RunPreflight },
  request: CanaryRequest,
  target: Target,
  caller: CanaryCaller,
  at: Date,
  signal: AbortSignal,
): Promise<{ stored: StoredCanary; created: boolean }> {
  const idempotency = idempotencyOf(request);
  try {
    const before =
      idempotency &&
      (await tools.store.requestedBefore(caller.ref, idempotency));
    if (before) {
      return { stored: before, created: false };
    }
    const members = await Promise.all(
      eachCluster(request).map(async one => {
        const subject = { ...subjectOf(one, target), id: randomUUID() };
        return { subject, ...(await tools.runPreflight(subject, at, signal)) };
      }),
    );
    const preview = previewOf(
      request,
      members.map(({ preflight }) => preflight),
    );
    const group = request.across && { id: randomUUID(), ...request.across };
    const records = members.flatMap(({ subject, preflight, found }) =>
      found
        ? recordOf(request, subject, {
            route: found.route,
            preflight,
            group,
            entityRef: target.entityRef,
            requestedBy: caller.ref,
            at,
          })
        : [],
    );
    if (records.length < members.length || !canaryMayStart(preview)) {
      throw refusalOf(preview);
    }
    return await tools.store.createGroup(
      records.map(record => ({ record, transitions: [firstRow(record)] })),
      idempotency,
    );
  } catch (error) {
    throw error instanceof IdempotencyKeyReused
      ? worded(ConflictError, wording('ask.keyReused'))
      : error;
  }
}

function refusalOf(preview: CanaryPreview): Error {
  const blocks = blockingChecks(preview);
  const away = blocks.find(({ code }) => code === 'cluster');
  if (away) {
    return worded(ServiceUnavailableError, ...wordsOf(away));
  }
  const busy = blocks.find(({ code }) => code === 'busy-route');
  // Who holds the route is the first thing to look at, whatever else there is.
  return busy?.detail ? new RouteBusy(busy.detail) : blocked(preview);
}

function recordOf(
  { stable, canary, reason }: CanaryRequest,
  subject: PreflightSubject & { id: string },
  more: Pick<CanaryRecord, 'route' | 'group' | 'entityRef' | 'requestedBy'> & {
    preflight: CanaryPreflight;
    at: Date;
  },
): CanaryRecord {
  return {
    id: subject.id,
    version: 1,
    state: 'requested',
    entityRef: more.entityRef,
    service: subject.service,
    ...(more.group && { group: more.group }),
    route: more.route,
    versions: { stable, canary },
    stable: subject.stable,
    canary: subject.canary,
    plan: subject.plan,
    reason,
    requestedBy: more.requestedBy,
    requestedAt: more.at.toISOString(),
    progress: {
      steps: [],
      step: -1,
      phase: 'before',
      observedMs: 0,
      breaches: {},
      confirmed: [],
      preflight: more.preflight,
    },
  };
}

function firstRow(record: CanaryRecord): CanaryTransition {
  return {
    seq: record.version,
    at: record.requestedAt,
    by: record.requestedBy,
    from: null,
    to: record.state,
    what: 'requested',
    reason: record.reason,
  };
}

function idempotencyOf({ idempotencyKey, ...request }: CanaryRequest) {
  return idempotencyKey === undefined
    ? undefined
    : {
        key: idempotencyKey,
        requestHash: createHash('sha256')
          .update(JSON.stringify(request))
          .digest('hex'),
      };
}
