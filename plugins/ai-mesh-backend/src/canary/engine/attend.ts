import type { CanaryState } from '@ai-mesh/plugin-ai-mesh-common';
import { expire, unrecorded, type CanaryRecord } from '../machine';
import type { StoredCanary } from '../store';
import { dismissWebhooks } from './askWebhooks';
import { attendApproved } from './attendApproved';
import { attendCleanUp } from './attendCleanUp';
import { attendProgress } from './attendProgress';
import { USUAL_SCRAPE_SECONDS } from './CanaryCluster';
import { backOffMs, save, type EngineTools } from './EngineTools';
import { secondsToNextLook } from './secondsToNextLook';
import { tellWebhooks } from './tellWebhooks';
import { followGroup } from './followGroup';
import { giveUpFields } from './giveUpFields';
import { dismissGates } from './judgeInCode';

const IDLE_MS = 30_000;

/** States in which a webhook may have been asked about what comes next. */
const WITH_WEBHOOKS: readonly CanaryState[] = [
  'approved',
  'progressing',
  'paused',
];

/** How a visit ended: when to come again, or never. */
export type NextVisit = { inMs: number } | 'never';

/** Does for one canary what is due. */
export async function attend(
  tools: EngineTools,
  id: string,
): Promise<NextVisit> {
  const stored = await tools.store.get(id);
  if (!stored) {
    return 'never';
  }
  const acted = await act(tools, stored);
  if (acted.record.state !== 'progressing') {
    dismissGates(id, tools.gates?.codeGates ?? []);
  }
  if (!WITH_WEBHOOKS.includes(acted.record.state)) {
    dismissWebhooks(tools, acted.record);
  }
  const attended = await announce(tools, acted);
  const next = nextVisit(tools, attended.record, stored.record);
  if (next === 'never' && attended.revision === stored.revision) {
    // Another of its request had asked for this visit, and there was nothing to do: that is kept, and it is left alone.
    await save(tools, attended, unrecorded(attended.record, {}));
  }
  return next;
}

async function act(
  tools: EngineTools,
  found: StoredCanary,
): Promise<StoredCanary> {
  const { stored, waits } = await followGroup(tools, found);
  const { record } = stored;
  switch (record.state) {
    case 'requested':
      return isTooOld(tools, record)
        ? save(tools, stored, expire(record, tools.now()))
        : stored;
    case 'approved':
      return attendApproved(tools, stored, waits);
    case 'progressing':
    case 'rollingBack':
      return attendProgress(tools, stored);
    case 'paused':
      return record.intent || record.progress.move?.kind === 'restore'
        ? attendProgress(tools, stored)
        : stored;
    case 'promoted':
      return attendCleanUp(tools, await leave(tools, stored));
    case 'rolledBack':
      return leave(tools, stored);
    default:
      return stored;
  }
}

/** What is left to do for a canary that has ended: nothing of it changes a weight. */
async function leave(
  tools: EngineTools,
  stored: StoredCanary,
): Promise<StoredCanary> {
  return tellWebhooks(tools, await giveUpFields(tools, stored));
}

function isTooOld(
  { now, requestExpiryMs }: EngineTools,
  { requestedAt, plan }: CanaryRecord,
): boolean {
  const end = plan.startWindow?.notAfter;
  return (
    now().getTime() - new Date(requestedAt).getTime() > requestExpiryMs ||
    (end !== undefined && now().getTime() >= new Date(end).getTime())
  );
}

/** Tells of all that people have not been told yet, also by a replica that died before it could. */
async function announce(
  tools: EngineTools,
  stored: StoredCanary,
): Promise<StoredCanary> {
  const { record, notifiedVersion } = stored;
  if (notifiedVersion >= record.version) {
    return stored;
  }
  const transitions = await tools.store.transitions(record.id, notifiedVersion);
  await tools.announcer.happened(record, transitions);
  return tools.store.saveForEngine(
    stored,
    { record, notifiedVersion: record.version },
    tools.lease,
  );
}

function nextVisit(
  tools: EngineTools,
  record: CanaryRecord,
  before: CanaryRecord,
): NextVisit {
  const { plan, progress, state } = record;
  const { random } = tools;
  switch (state) {
    case 'approved':
      return { inMs: plan.startWindow ? 1000 : backOffMs(4, random) };
    case 'progressing':
      return {
        inMs: Math.min(
          untilNextLook(tools, record, before),
          progress.failedWrites
            ? backOffMs(progress.failedWrites.count, random)
            : Infinity,
        ),
      };
    case 'rollingBack':
      return { inMs: backOffMs(progress.failedWrites?.count ?? 0, random) };
    case 'paused':
      return {
        inMs:
          progress.move?.kind === 'restore'
            ? backOffMs(progress.failedWrites?.count ?? 0, random)
            : IDLE_MS,
      };
    case 'requested':
      return { inMs: IDLE_MS };
    case 'promoted':
    case 'rolledBack':
      if (progress.fieldsToGiveUp) {
        return { inMs: backOffMs(progress.fieldsToGiveUp.failures, random) };
      }
      if (progress.toTell) {
        return { inMs: backOffMs(progress.toTell.failures + 3, random) };
      }
      return progress.cleanUp &&
        ['soaking', 'asked', 'undoing'].includes(progress.cleanUp.status)
        ? { inMs: 5000 }
        : 'never';
    default:
      return 'never';
  }
}

function untilNextLook(
  { clusters }: EngineTools,
  { plan, service, progress: { counted } }: CanaryRecord,
  before: CanaryRecord,
): number {
  const hasCounted =
    counted && counted.until !== before.progress.counted?.until;
  const { scrapeIntervalSeconds = USUAL_SCRAPE_SECONDS } =
    clusters.get(service.cluster) ?? {};
  return (
    1000 *
    (hasCounted
      ? secondsToNextLook(plan, counted, scrapeIntervalSeconds)
      : plan.checkSeconds)
  );
}
