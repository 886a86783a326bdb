import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import { isDeepStrictEqual } from 'util';

/** What makes one object into another, setting by setting, so that what stays the same keeps its comments; lists change as a whole. */
export function patchBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  path = '',
): JsonPatchOperation[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(
    (key): JsonPatchOperation[] => {
      const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const [from, to] = [before[key], after[key]];
      if (isDeepStrictEqual(from, to)) {
        return [];
      }
      if (to === undefined) {
        return [{ op: 'remove', path: at }];
      }
      if (isMap(from) && isMap(to)) {
        return patchBetween(from, to, at);
      }
      return [
        { op: from === undefined ? 'add' : 'replace', path: at, value: to },
      ];
    },
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
