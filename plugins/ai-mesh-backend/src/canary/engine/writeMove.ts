import { randomUUID } from 'crypto';
import {
  canaryPercent,
  said,
  wording,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { EditError, type ObjectEditor } from '../../kubernetes/ObjectEditor';
import {
  look,
  restored,
  unrecorded,
  writeFailed,
  wrote,
  type CanaryRecord,
  type Move,
  type Outcome,
  type Written,
} from '../machine';
import {
  editSplit,
  readSplit,
  removeMarks,
  SplitRefusal,
  type SplitContext,
  type SplitEdit,
  type SplitTarget,
} from '../split';
import { StaleCanary, type StoredCanary } from '../store';
import { save, type EngineTools } from './EngineTools';
import { driftOf, routeRef, selectorOf } from './observeRoute';

/** `conflict`: somebody else has changed the object in the meantime; nothing was written, and it is to be decided again. */
export interface WriteResult {
  stored: StoredCanary;
  result: 'over' | 'conflict';
}

/** The cluster's side of a canary's route, as of one visit. */
export interface RoutePlace {
  snapshot: MeshSnapshot;
  editor: ObjectEditor;
}

/**
 * Carries out the move that the canary has decided on: intent, write, record. Between the first and the last the process
 * may die at any point; {@link settleIntent} finds out how far it came.
 */
export async function writeMove(
  tools: EngineTools,
  stored: StoredCanary,
  move: Move,
  place: RoutePlace,
): Promise<WriteResult> {
  const { record } = stored;
  const ref = routeRef(record, place.snapshot);
  const over = async (
    outcome: Outcome,
    from = stored,
  ): Promise<WriteResult> => ({
    stored: await save(tools, from, outcome, null),
    result: 'over',
  });
  let live: ConfigObject;
  try {
    live = await place.editor.get(ref, tools.signal);
  } catch (error) {
    return over(whenUnreadable(record, move, editError(error), tools.now()));
  }
  const drift = move.overDrift
    ? undefined
    : driftOf(record, live, place.snapshot);
  const planned = planEdit(record, move, live, place.snapshot);
  // A write of ours that was given up may still have arrived: what is as it should be is nobody else's doing.
  const isAsWanted = 'edit' in planned && planned.edit.length === 0;
  if (drift && !isAsWanted) {
    return over(look(record, { drift }, tools.now()));
  }
  if ('refusal' in planned) {
    return over(
      writeFailed(
        record,
        { reason: 'refused', ...planned.refusal },
        tools.now(),
      ),
    );
  }
  const { edit } = planned;
  const written = planned.written && {
    ...planned.written,
    ...(drift && { before: drift.expected }),
  };
  const done = (from: CanaryRecord) =>
    written
      ? wrote(from, written, tools.now())
      : restored(from, undefined, tools.now(), planned.why);
  if (edit.length === 0) {
    return over(done(record));
  }
  const before = written?.before ?? record.progress.written;
  const startedAt = performance.now();
  const intended = await save(
    tools,
    stored,
    unrecorded(record, {}),
    before && {
      id: randomUUID(),
      move,
      before,
      after: written?.after ?? before,
      headerRule: written?.headerRule,
      affinity: written?.affinity,
      at: tools.now().toISOString(),
    },
  );
  if (performance.now() - startedAt > tools.lease.durationMs) {
    // The process stood still for so long that another replica may have found the intent, and nothing written.
    throw new StaleCanary(record.id);
  }
  try {
    // Not aborted at shutdown: whether a write that was cut off has happened, nobody could say.
    await place.editor.patch(ref, edit);
  } catch (error) {
    const { failure, sentences } = editError(error);
    if (failure === 'conflict') {
      return {
        stored: await save(tools, intended, unrecorded(record, {}), null),
        result: 'conflict',
      };
    }
    const reason = failure === 'not-found' ? 'refused' : failure;
    const failed = writeFailed(
      intended.record,
      { reason, ...sentences },
      tools.now(),
    );
    // Without an answer the write may have happened: the intent stays until that is known.
    return {
      stored: await save(
        tools,
        intended,
        failed,
        failure === 'unreachable' ? undefined : null,
      ),
      result: 'over',
    };
  }
  return over(done(intended.record), intended);
}

function whenUnreadable(
  record: CanaryRecord,
  move: Move,
  { failure, words, sentences }: EditError,
  at: Date,
): Outcome {
  if (failure !== 'not-found') {
    return writeFailed(
      record,
      {
        reason: failure === 'conflict' ? 'unreachable' : failure,
        ...sentences,
      },
      at,
    );
  }
  if (move.kind === 'restore' && move.overDrift) {
    return restored(
      record,
      undefined,
      at,
      said(wording('run.nothingToRestore'), ...words),
    );
  }
  return look(
    record,
    {
      drift: {
        ...sentences,
        expected: record.progress.written ?? {
          destinations: [],
          headerRule: false,
        },
        choices: ['resume', 'rollBack'],
      },
    },
    at,
  );
}

type PlannedEdit =
  | { refusal: Sentences }
  | {
      edit: SplitEdit['patch'];
      /** Absent where the route is gone and only our marks are left to remove. */
      written?: Written;
      why?: Sentences;
    };

function planEdit(
  record: CanaryRecord,
  move: Move,
  live: ConfigObject,
  snapshot: MeshSnapshot,
): PlannedEdit {
  const { original, headerRule, affinity } = record.progress;
  if (!original) {
    return { refusal: said(wording('run.neverRecorded')) };
  }
  const selector = selectorOf(record, snapshot);
  const context: SplitContext = {
    id: record.id,
    selector,
    original,
    headerRule,
    affinity,
  };
  try {
    const before = readSplit(live, selector, headerRule, affinity).weights;
    const edit = editSplit(live, context, targetOf(record, move));
    return {
      edit: edit.patch,
      written: {
        move,
        before,
        after: edit.weights,
        headerRule: edit.headerRule,
        affinity: edit.affinity,
      },
    };
  } catch (error) {
    if (!(error instanceof SplitRefusal)) {
      throw error;
    }
    return move.kind === 'restore'
      ? {
          edit: removeMarks(live, context),
          why: said(wording('run.noWeightsLeft'), error.words),
        }
      : { refusal: said(error.words) };
  }
}

/** What the route should be after a move. */
export function targetOf(
  { plan, progress }: CanaryRecord,
  move: Move,
): SplitTarget {
  switch (move.kind) {
    case 'header':
      return { kind: 'running', percent: 0, header: plan.headerPhase };
    case 'step':
      return {
        kind: 'running',
        percent: progress.steps[move.step],
        affinity: plan.affinity,
      };
    case 'rewrite':
      return {
        kind: 'running',
        percent: progress.written ? canaryPercent(progress.written) : 0,
        ...(progress.phase === 'header'
          ? { header: plan.headerPhase }
          : { affinity: plan.affinity }),
      };
    case 'finish':
      return { kind: 'finished' };
    default:
      return { kind: 'original' };
  }
}

function editError(error: unknown): EditError {
  if (error instanceof EditError) {
    return error;
  }
  throw error;
}
