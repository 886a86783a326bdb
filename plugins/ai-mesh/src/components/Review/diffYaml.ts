import { diffLines } from 'diff';

/** A line of a change to an object's YAML. */
export interface DiffLine {
  kind: 'added' | 'removed' | 'same';
  text: string;
}

/** Lines around a change that tell where it is. */
const AROUND = 4;

/**
 * What changes between two YAML texts, with a few lines around each change; `undefined` stands for lines left out.
 *
 * @param before - absent: everything is new
 */
export function diffYaml(
  before: string | undefined,
  after: string,
): Array<DiffLine | undefined> {
  const lines = diffLines(before ?? '', after).flatMap(
    ({ added, removed, value }): DiffLine[] => {
      const changed = added ? 'added' : 'removed';
      const kind = added || removed ? changed : 'same';
      return value
        .replace(/\n$/, '')
        .split('\n')
        .map(text => ({ kind, text }));
    },
  );
  const near = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - AROUND), index + AROUND + 1)
      .some(({ kind }) => kind !== 'same'),
  );
  return lines.flatMap((line, index) => {
    if (near[index]) {
      return [line];
    }
    return index === 0 || near[index - 1] ? [undefined] : [];
  });
}
