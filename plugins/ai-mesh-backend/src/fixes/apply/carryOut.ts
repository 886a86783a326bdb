import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { isDeepStrictEqual } from 'util';
import type { ConfigObject } from '../../kubernetes/kinds';
import { EditError, type ObjectEditor } from '../../kubernetes/ObjectEditor';
import type { ApplicationRecord, Spec } from './ApplicationRecord';
import { titleOf } from './whyNotApplied';

export interface ApplyTools {
  editor: Pick<ObjectEditor, 'get' | 'patch'>;
  /** Why the object is not to be written now; undefined: nothing speaks against it. */
  whyNot(object: ConfigObject): Promise<Words | undefined>;
  /** Keeps that a write is begun, before it is. Rejects where somebody else has taken over. */
  begin(record: ApplicationRecord): Promise<ApplicationRecord>;
}

/**
 * Writes a fix that was approved, or what was before it. The process may die at any point: whoever comes next reads from
 * the object itself how far it came. What others wrote is never overwritten: the spec has to be as it was, and the write
 * holds for the very version of the object that was read.
 *
 * @param record - `approved` or `undoing`
 * @returns what became of it; the same state where it is to be tried again
 */
export async function carryOut(
  record: ApplicationRecord,
  { editor, whyNot, begin }: ApplyTools,
): Promise<ApplicationRecord> {
  const isUndo = record.state === 'undoing';
  const [from, to] = isUndo
    ? [record.specAfter, record.specBefore]
    : [record.specBefore, record.specAfter];
  let live: ConfigObject;
  try {
    live = await editor.get(record.object);
  } catch (error) {
    const { failure, words } = editError(error);
    return failure === 'not-found'
      ? failed(record, ...words)
      : again(record, ...words);
  }
  if ((record.begun || isUndo) && isSame(live.spec, to)) {
    return written(record, live.spec as Spec);
  }
  if (!isSame(live.spec, from)) {
    return failed(record, whatElse(record, live));
  }
  const why = await whyNot(live);
  if (why) {
    return failed(record, why);
  }
  const begun = await begin({ ...record, begun: true });
  let result: ConfigObject;
  try {
    result = await editor.patch(record.object, [
      {
        op: 'test',
        path: '/metadata/resourceVersion',
        value: live.metadata.resourceVersion,
      },
      ...(isUndo
        ? [{ op: 'replace' as const, path: '/spec', value: to }]
        : record.operations),
    ]);
  } catch (error) {
    const { failure, words } = editError(error);
    return failure === 'unreachable' || failure === 'conflict'
      ? again(begun, ...words)
      : failed(begun, ...words);
  }
  return written(begun, result.spec as Spec);
}

/** Nothing is written any more; of an undo that was not carried out, the fix stays applied. */
export function failed(
  record: ApplicationRecord,
  ...why: readonly Words[]
): ApplicationRecord {
  return record.state === 'undoing'
    ? {
        ...record,
        state: 'applied',
        begun: false,
        words:
          why[0]?.key === 'apply.undoChanged'
            ? [...why]
            : [wording('apply.notUndone'), ...why],
      }
    : { ...record, state: 'failed', begun: false, words: [...why] };
}

function again(
  record: ApplicationRecord,
  ...why: readonly Words[]
): ApplicationRecord {
  return { ...record, words: [wording('apply.again'), ...why] };
}

function written(record: ApplicationRecord, spec: Spec): ApplicationRecord {
  const { words: _, ...rest } = record;
  return record.state === 'undoing'
    ? { ...rest, state: 'undone', begun: false }
    : // A webhook may have had its say once more: to undo it, this is what has to stand there.
      { ...rest, state: 'applied', begun: false, specAfter: spec };
}

/** The object is not as it was. */
function whatElse(
  { state, begun, specAfter }: ApplicationRecord,
  live: ConfigObject,
): Words {
  const object = titleOf(live);
  if (begun) {
    return wording('apply.unclear', { object });
  }
  if (state === 'undoing') {
    return wording('apply.undoChanged', { object });
  }
  return wording(
    isSame(live.spec, specAfter) ? 'apply.already' : 'apply.changed',
    { object },
  );
}

/** As JSON has them: one comes from a cluster, the other from the database. */
function isSame(one: unknown, other: unknown): boolean {
  const [plain, otherPlain] = [one, other].map(value =>
    JSON.parse(JSON.stringify(value ?? null)),
  );
  return isDeepStrictEqual(plain, otherPlain);
}

function editError(error: unknown): EditError {
  if (error instanceof EditError) {
    return error;
  }
  throw error;
}
