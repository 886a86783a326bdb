import type {
  CanaryDiffLine,
  JsonPatchOperation,
} from '@ai-mesh/plugin-ai-mesh-common';
import { asRecord } from './json';

/** What a patch changes, place by place, as a person reads paths: `spec.http[2].route[0].weight`. */
export function describePatch(
  object: unknown,
  patch: readonly JsonPatchOperation[],
): CanaryDiffLine[] {
  return patch.flatMap(operation => {
    if (operation.op === 'test') {
      return [];
    }
    const parts = operation.path.slice(1).split('/').map(unescape);
    const list = at(object, parts.slice(0, -1));
    if (Array.isArray(list) && parts.at(-1) === '-') {
      parts[parts.length - 1] = String(list.length);
    }
    const inserted = operation.op === 'add' && Array.isArray(list);
    const before = inserted ? undefined : at(object, parts);
    return [
      {
        path: readable(object, parts),
        ...(before !== undefined && { before }),
        ...(operation.op !== 'remove' && { after: operation.value }),
      },
    ];
  });
}

function unescape(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function at(object: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>(
    (value, part) =>
      Array.isArray(value) ? value[Number(part)] : asRecord(value)?.[part],
    object,
  );
}

function readable(object: unknown, parts: readonly string[]): string {
  return parts
    .map((part, i) => {
      if (Array.isArray(at(object, parts.slice(0, i)))) {
        return `[${part}]`;
      }
      return /^[A-Za-z_]\w*$/.test(part)
        ? `${i === 0 ? '' : '.'}${part}`
        : `[${JSON.stringify(part)}]`;
    })
    .join('');
}
