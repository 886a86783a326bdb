import {
  canaryMayStart,
  said,
  wording,
  wordsOf,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  clustersBefore,
  failStart,
  isStillOwned,
  start,
  then,
  unrecorded,
} from '../machine';
import type { StoredCanary } from '../store';
import { askWebhooks } from './askWebhooks';
import { attendProgress } from './attendProgress';
import { save, type EngineTools } from './EngineTools';
import { takeBaseline } from './takeEvidence';

/**
 * One visit to a canary that waits for its start.
 *
 * @param waits - for another of its request
 */
export async function attendApproved(
  tools: EngineTools,
  stored: StoredCanary,
  waits = false,
): Promise<StoredCanary> {
  // The window is for the start of the whole request: whoever follows another starts when it is promoted.
  const startWindow =
    clustersBefore(stored.record).length > 0
      ? undefined
      : stored.record.plan.startWindow;
  const now = tools.now();
  const isBefore = (time: string | undefined) =>
    time !== undefined && now.getTime() < new Date(time).getTime();
  if (startWindow?.notAfter && !isBefore(startWindow.notAfter)) {
    return save(
      tools,
      stored,
      failStart(stored.record, said(wording('run.windowOver')), now),
    );
  }
  const owners = await tools.ownersOf(stored.record.service);
  if (owners.status === 'unknown') {
    return stored;
  }
  if (!isStillOwned(stored.record, owners.value)) {
    const { namespace, name } = stored.record.service;
    return save(
      tools,
      stored,
      failStart(
        stored.record,
        said(wording('run.notProvenSince', { of: `${namespace}/${name}` })),
        now,
      ),
    );
  }
  const { record } = unrecorded(stored.record, {
    owners: stored.record.progress.owners ?? owners.value,
  });
  if (waits || isBefore(startWindow?.notBefore)) {
    return stored.record.progress.owners
      ? stored
      : save(tools, stored, { record, transitions: [] });
  }
  const { preflight, found } = await tools.runPreflight(
    record,
    now,
    tools.signal,
  );
  if (!found || !canaryMayStart(preflight)) {
    const blocks = preflight.checks.filter(
      ({ outcome }) => outcome === 'blocks',
    );
    // A cluster that does not answer says nothing about the canary: it is asked again.
    return save(
      tools,
      stored,
      blocks.some(({ code }) => code === 'cluster')
        ? unrecorded(record, { preflight })
        : failStart(record, said(...blocks.flatMap(wordsOf)), now, preflight),
    );
  }
  const asked = await askWebhooks(
    tools,
    stored,
    { record, transitions: [] },
    { event: 'before-start', key: 'start', toPercent: found.steps[0] },
  );
  if (asked.verdict !== 'go') {
    return save(
      tools,
      asked.stored,
      then(asked.outcome, present =>
        asked.verdict === 'stop'
          ? failStart(present, asked.why, tools.now(), preflight)
          : unrecorded(present, {
              preflight,
              hold: {
                reason: 'webhook',
                ...asked.why,
                since: record.progress.hold?.since ?? tools.now().toISOString(),
                heldMs: 0,
              },
            }),
      ),
    );
  }
  const before = await takeBaseline(
    record,
    found.cluster,
    found.snapshot,
    now,
    tools.signal,
  );
  const started = await save(
    tools,
    asked.stored,
    then(asked.outcome, present =>
      start(
        present,
        {
          original: found.original,
          steps: found.steps,
          preflight,
          ...before,
        },
        tools.now(),
      ),
    ),
  );
  return attendProgress(tools, started);
}
