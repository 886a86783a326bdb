import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import { isMap, isNode, isSeq, parseDocument, type Document } from 'yaml';
import { patchDocument } from './patchDocument';

/** Of the cluster alone; nobody writes them into a file. */
const CLUSTERS_OWN = /^\/metadata\/(resourceVersion|uid|generation)$/;

/**
 * A fix's patch for a file: everything that it changes has to be there as the cluster has it, and the entries of lists
 * that it passes have to be the same ones. So a file that was changed since is not changed by mistake.
 *
 * @param before - the object as the cluster has it, as YAML
 */
export function guardedPatch(
  patch: readonly JsonPatchOperation[],
  before: string,
): JsonPatchOperation[] {
  const cluster = parseDocument(before);
  return patch
    .filter(({ op, path }) => !(op === 'test' && CLUSTERS_OWN.test(path)))
    .flatMap(operation => {
      const guards = guardsOf(operation, cluster);
      const there = valueAt(cluster, operation.path);
      patchDocument(cluster, [
        operation.op === 'add' && there && !there.inList
          ? { ...operation, op: 'replace' }
          : operation,
      ]);
      if (
        operation.op === 'test' ||
        !there ||
        (operation.op === 'add' && there.inList)
      ) {
        return [...guards, operation];
      }
      const test = {
        op: 'test' as const,
        path: operation.path,
        value: there.value,
      };
      return [
        ...guards,
        test,
        operation.op === 'add'
          ? { ...operation, op: 'replace' as const }
          : operation,
      ];
    });
}

/** That each entry of a list on the way is the same one: by its name, else as a whole. */
function guardsOf(
  { path }: JsonPatchOperation,
  cluster: Document,
): JsonPatchOperation[] {
  const steps = path.split('/').slice(1, -1);
  return steps.flatMap((_, depth) => {
    const at = `/${steps.slice(0, depth + 1).join('/')}`;
    const entry = valueAt(cluster, at);
    if (!entry?.inList) {
      return [];
    }
    const name = (entry.value as { name?: unknown } | null)?.name;
    return name === undefined
      ? [{ op: 'test' as const, path: at, value: entry.value }]
      : [{ op: 'test' as const, path: `${at}/name`, value: name }];
  });
}

function valueAt(
  document: Document,
  path: string,
): { value: unknown; inList: boolean } | undefined {
  let here: unknown = document.contents;
  let inList = false;
  for (const step of path.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isSeq(here)) {
      inList = true;
      here = here.get(Number(key), true);
    } else if (isMap(here) && here.has(key)) {
      inList = false;
      here = here.get(key, true);
    } else {
      return undefined;
    }
  }
  if (here === undefined) {
    return undefined;
  }
  return { value: isNode(here) ? here.toJS(document) : here, inList };
}
