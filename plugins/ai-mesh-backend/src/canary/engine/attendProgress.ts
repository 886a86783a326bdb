import {
  said,
  wording,
  type CanaryCheck,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  disowned,
  heldByWebhook,
  hold,
  isStillOwned,
  look,
  sinceLastLook,
  stoppedByWebhook,
  then,
  unrecorded,
  writeFailed,
  type CanaryRecord,
  type Outcome,
} from '../machine';
import type { StoredCanary } from '../store';
import type { CanaryCluster } from './CanaryCluster';
import { save, type EngineTools } from './EngineTools';
import { observeRoute } from './observeRoute';
import { settleIntent } from './settleIntent';
import { askWebhooks } from './askWebhooks';
import { takeEvidence } from './takeEvidence';
import { writeMove, type RoutePlace } from './writeMove';

/** How often one decision is made anew because somebody else keeps changing the object. */
const MOST_ATTEMPTS = 5;

/** One visit to a canary whose weights move, or move back. */
export async function attendProgress(
  tools: EngineTools,
  stored: StoredCanary,
): Promise<StoredCanary> {
  const { cluster: name } = stored.record.service;
  const cluster = tools.clusters.get(name);
  const editor = cluster?.editor;
  if (!cluster || !editor) {
    return save(
      tools,
      stored,
      stuck(
        tools,
        stored,
        said(
          wording('run.clusterGone', { cluster: name }),
          wording('run.putBack'),
        ),
      ),
    );
  }
  const place = { snapshot: await cluster.snapshots.snapshot(), editor };
  const { intent } = stored.record;
  const settled = intent
    ? await settleIntent(tools, stored, intent, place)
    : stored;
  if (settled.record.intent) {
    return settled;
  }
  for (let attempt = 1, present = settled; ; attempt++) {
    present = await decide(tools, present, cluster, place);
    const { move } = present.record.progress;
    if (!move || !canWrite(present)) {
      return present;
    }
    const { stored: next, result } = await writeMove(
      tools,
      present,
      move,
      place,
    );
    if (result === 'over') {
      return next;
    }
    if (attempt === MOST_ATTEMPTS) {
      const why = said(wording('run.conflicts', { times: MOST_ATTEMPTS }));
      return save(
        tools,
        next,
        writeFailed(next.record, { reason: 'conflict', ...why }, tools.now()),
      );
    }
    present = next;
    await tools.sleep(attempt * (50 + 150 * tools.random()));
  }
}

/** A paused canary writes only what brings it back. */
function canWrite({ record }: StoredCanary): boolean {
  return (
    record.state === 'progressing' ||
    record.state === 'rollingBack' ||
    (record.state === 'paused' && record.progress.move?.kind === 'restore')
  );
}

/** Whether to write, from what there is to see now. What was asked for needs no evidence. */
async function decide(
  tools: EngineTools,
  stored: StoredCanary,
  cluster: CanaryCluster,
  place: RoutePlace,
): Promise<StoredCanary> {
  if (stored.record.state !== 'progressing') {
    return stored;
  }
  const standing = await checkOwners(tools, stored);
  if (standing.status !== 'owned') {
    return standing.stored;
  }
  const { record } = standing;
  if (record.progress.move?.asked) {
    return stored;
  }
  const route = await observeRoute(
    record,
    place.snapshot,
    place.editor,
    tools.signal,
  );
  // What an earlier look decided is decided anew.
  const undecided = unrecorded(record, { move: undefined }).record;
  switch (route.status) {
    case 'drift':
      return save(tools, stored, look(undecided, route, tools.now()));
    default: {
      const evidence = await takeEvidence(
        undecided,
        cluster,
        place.snapshot,
        tools.now(),
        tools.signal,
        tools.gates,
      );
      const taken =
        route.status === 'unreachable'
          ? { ...evidence, check: unread(evidence.check, route.why) }
          : evidence;
      tools.onCheck?.(taken.check);
      const asked = await askBeforeStep(
        tools,
        stored,
        undecided,
        look(undecided, taken, tools.now()),
      );
      return save(tools, asked.stored, asked.outcome);
    }
  }
}

/** While nobody can see how the route stands, bad news counts all the same: going back is never a matter of seconds. */
function unread(check: CanaryCheck, why: Sentences): CanaryCheck {
  return check.verdict.outcome === 'breach'
    ? check
    : {
        ...check,
        verdict: { outcome: 'hold', reason: 'source-unreachable', ...why },
      };
}

/** Whose the Service is may have changed since somebody decided: then nothing moves until the owners say so. */
async function checkOwners(
  tools: EngineTools,
  stored: StoredCanary,
): Promise<
  | { status: 'owned'; record: CanaryRecord }
  | { status: 'stopped'; stored: StoredCanary }
> {
  const { record } = stored;
  const owners = await tools.ownersOf(record.service);
  const stop = async (outcome: Outcome) => ({
    status: 'stopped' as const,
    stored: await save(tools, stored, outcome),
  });
  if (owners.status === 'unknown') {
    return stop(
      stuck(tools, stored, {
        message: owners.message ?? owners.reason,
        words: owners.words,
      }),
    );
  }
  return isStillOwned(record, owners.value)
    ? {
        status: 'owned',
        record: unrecorded(record, {
          owners: record.progress.owners ?? owners.value,
        }).record,
      }
    : stop(disowned(record, tools.now()));
}

/** A step that the gates have let pass may still be somebody else's to allow; what a person asked for is not. */
async function askBeforeStep(
  tools: EngineTools,
  stored: StoredCanary,
  before: CanaryRecord,
  looked: Outcome,
): Promise<{ stored: StoredCanary; outcome: Outcome }> {
  const { state, progress } = looked.record;
  const { move } = progress;
  if (state !== 'progressing' || move?.kind !== 'step' || move.asked) {
    return { stored, outcome: looked };
  }
  const asked = await askWebhooks(tools, stored, looked, {
    event: 'before-step',
    key: String(move.step),
    toPercent: progress.steps[move.step],
  });
  const { verdict, why } = asked;
  const follow = (next: (present: CanaryRecord) => Outcome) => ({
    stored: asked.stored,
    outcome: then(asked.outcome, next),
  });
  switch (verdict) {
    case 'go':
      return asked;
    case 'stop':
      return follow(present => stoppedByWebhook(present, why, tools.now()));
    default:
      return follow(present =>
        heldByWebhook(present, before, why, tools.now()),
      );
  }
}

function stuck(
  tools: EngineTools,
  { record }: StoredCanary,
  why: Sentences,
): Outcome {
  const at = tools.now();
  return record.state === 'progressing'
    ? hold(
        record,
        { reason: 'source-unreachable', ...why },
        sinceLastLook(record, at),
        at,
      )
    : writeFailed(record, { reason: 'unreachable', ...why }, at);
}
