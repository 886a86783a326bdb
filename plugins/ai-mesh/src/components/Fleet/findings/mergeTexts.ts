import { diffLines } from 'diff';

/** Lines of a text that others take the place of. */
interface Edit {
  /** The first of them, counted from 0. */
  from: number;
  removed: number;
  added: string[];
}

/**
 * One text with what several change in it, line by line.
 *
 * @param before - absent: each makes it anew
 * @returns undefined where two of them change the same lines otherwise
 */
export function mergeTexts(
  before: string | undefined,
  afters: readonly string[],
): string | undefined {
  const edits = afters
    .flatMap(after => editsOf(before ?? '', after))
    .sort((a, b) => a.from - b.from || a.removed - b.removed);
  const merged: string[] = [];
  const lines = linesOf(before ?? '');
  let [at, last]: [number, Edit | undefined] = [0, undefined];
  for (const edit of edits) {
    if (last && isSame(last, edit)) {
      continue;
    }
    if (last && (edit.from < at || edit.from === last.from)) {
      return undefined;
    }
    merged.push(...lines.slice(at, edit.from), ...edit.added);
    [at, last] = [edit.from + edit.removed, edit];
  }
  return [...merged, ...lines.slice(at)].join('');
}

function editsOf(before: string, after: string): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const { added, removed, value } of diffLines(before, after)) {
    const lines = linesOf(value);
    const last = edits.at(-1);
    if (added && last && last.from + last.removed === at) {
      last.added.push(...lines);
    } else if (added || removed) {
      edits.push({
        from: at,
        removed: removed ? lines.length : 0,
        added: added ? lines : [],
      });
    }
    at += added ? 0 : lines.length;
  }
  return edits;
}

function isSame(one: Edit, other: Edit): boolean {
  return (
    one.from === other.from &&
    one.removed === other.removed &&
    one.added.join('') === other.added.join('')
  );
}

/** Each with its end. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
