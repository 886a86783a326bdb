import { createHash, randomUUID } from 'crypto';
import {
  canaryMayStart,
  type CanaryPreflight,
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
import type { CanaryCaller } from './CanaryRules';
import { blocked } from './refusals';
import { subjectOf } from './subjectOf';

/**
 * Asks for a canary. Nothing is kept of a request that the preflight blocks.
 *
 * @throws InputError, ConflictError where the key belongs to another request, ServiceUnavailableError where the cluster
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
    const id = randomUUID();
    const subject = subjectOf(request, target);
    const { preflight, found } = await tools.runPreflight(
      { ...subject, id },
      at,
      signal,
    );
    if (!found || !canaryMayStart(preflight)) {
      throw refusalOf(preflight);
    }
    const record = recordOf(
      request,
      { ...subject, id },
      {
        route: found.route,
        preflight,
        entityRef: target.entityRef,
        requestedBy: caller.ref,
        at,
      },
    );
    return await tools.store.create(record, [firstRow(record)], idempotency);
  } catch (error) {
    throw error instanceof IdempotencyKeyReused
      ? new ConflictError(
          'idempotencyKey: You used this key for a different request. Take another one.',
        )
      : error;
  }
}

function refusalOf(preflight: CanaryPreflight): Error {
  const blocks = preflight.checks.filter(({ outcome }) => outcome === 'blocks');
  const away = blocks.find(({ code }) => code === 'cluster');
  if (away) {
    return new ServiceUnavailableError(away.message);
  }
  const busy = blocks.find(({ code }) => code === 'busy-route');
  // Who holds the route is the first thing to look at, whatever else there is.
  return busy?.detail ? new RouteBusy(busy.detail) : blocked(preflight);
}

function recordOf(
  { stable, canary, reason }: CanaryRequest,
  subject: PreflightSubject & { id: string },
  more: Pick<CanaryRecord, 'route' | 'entityRef' | 'requestedBy'> & {
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
