import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { actionsIn, nextOf, type CanaryRecord } from '../machine';

/** A canary as the API shows it. */
export function showCanary(record: CanaryRecord, at: Date): Canary {
  const { progress, versions } = record;
  const { hold, cleanUp } = progress;
  return {
    id: record.id,
    version: record.version,
    state: record.state,
    entityRef: record.entityRef,
    service: record.service,
    ...(record.group && { group: record.group }),
    route: record.route,
    stable: versions.stable,
    canary: versions.canary,
    plan: record.plan,
    reason: record.reason,
    requestedBy: record.requestedBy,
    requestedAt: record.requestedAt,
    decidedBy: record.decidedBy,
    endedAt: record.endedAt,
    // Before the start the preflight knows them best.
    steps:
      progress.steps.length > 0
        ? progress.steps
        : (progress.preflight?.steps ?? []),
    step: progress.step,
    phase: progress.phase,
    weights: progress.written,
    weightsBefore: progress.original?.weights,
    next: nextOf(record),
    hold: hold && {
      reason: hold.reason,
      message: hold.message,
      ...(hold.words && { words: hold.words }),
      since: hold.since,
    },
    pause: progress.pause,
    drift: progress.drift,
    check: progress.check,
    cleanUp: cleanUp && {
      status: cleanUp.status,
      workloads: cleanUp.workloads,
      offeredAt: cleanUp.offeredAt,
      reversibleUntil: cleanUp.reversibleUntil,
      message: cleanUp.message,
      ...(cleanUp.words && { words: cleanUp.words }),
    },
    actions: actionsIn(record, at),
  };
}
