import type { ConfigObject } from '../../kubernetes/kinds';
import { EditError } from '../../kubernetes/ObjectEditor';
import {
  hold,
  look,
  sinceLastLook,
  unrecorded,
  wrote,
  type CanaryRecord,
  type Intent,
} from '../machine';
import { canariesOn, readSplit, sameWeights, SplitRefusal } from '../split';
import type { StoredCanary } from '../store';
import { save, type EngineTools } from './EngineTools';
import { driftOf, routeRef, selectorOf } from './observeRoute';
import type { RoutePlace } from './writeMove';

/**
 * Finds out what became of a write that was begun and never recorded: the process died, or no answer came.
 *
 * The weights are those that were meant: it is recorded. They are those of before: nothing was written, and the canary
 * decides again. Anything else is drift. While the cluster cannot be read, the intent stays.
 *
 * @returns the canary; with its intent where it cannot be known yet
 */
export async function settleIntent(
  tools: EngineTools,
  stored: StoredCanary,
  intent: Intent,
  place: RoutePlace,
): Promise<StoredCanary> {
  const { record } = stored;
  const at = tools.now();
  let live: ConfigObject;
  try {
    live = await place.editor.get(
      routeRef(record, place.snapshot),
      tools.signal,
    );
  } catch (error) {
    if (!(error instanceof EditError)) {
      throw error;
    }
    if (error.failure === 'not-found') {
      return save(tools, stored, unrecorded(record, {}), null);
    }
    if (record.state !== 'progressing') {
      return stored;
    }
    return save(
      tools,
      stored,
      hold(
        record,
        { reason: 'source-unreachable', ...error.sentences },
        sinceLastLook(record, at),
        at,
      ),
    );
  }
  if (hasLanded(record, intent, live, place)) {
    return save(tools, stored, wrote(record, intent, at), null);
  }
  const drift = record.progress.move?.overDrift
    ? undefined
    : driftOf(record, live, place.snapshot);
  return save(
    tools,
    stored,
    drift ? look(record, { drift }, at) : unrecorded(record, {}),
    null,
  );
}

function hasLanded(
  record: CanaryRecord,
  intent: Intent,
  live: ConfigObject,
  { snapshot }: RoutePlace,
): boolean {
  const { move } = intent;
  // Some moves change nothing but our mark: it tells them from what was before.
  const marked = canariesOn(live).includes(record.id);
  if (marked !== (move.kind !== 'finish' && move.kind !== 'restore')) {
    return false;
  }
  try {
    const reading = readSplit(
      live,
      selectorOf(record, snapshot),
      intent.headerRule ?? record.progress.headerRule,
      intent.affinity ?? record.progress.affinity,
    );
    return (
      reading.headerRule !== 'changed' &&
      reading.affinity !== 'changed' &&
      sameWeights(reading.weights, intent.after)
    );
  } catch (error) {
    if (error instanceof SplitRefusal) {
      // Nothing but our marks was left to remove, and they are gone.
      return move.kind === 'restore';
    }
    throw error;
  }
}
