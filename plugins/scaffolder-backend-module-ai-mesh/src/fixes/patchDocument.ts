import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import { isDeepStrictEqual } from 'util';
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { FixRefusal } from './FixRefusal';

type Place = { map: YAMLMap; key: string } | { seq: YAMLSeq; index: number };

/**
 * Applies a JSON Patch (RFC 6902: test, add, replace, remove) to a document's own tree, so that comments, order and
 * quoting around it stay. Unlike the RFC's, an `add` never takes the place of what is there.
 *
 * @throws FixRefusal where the document is not as the patch takes it to be
 */
export function patchDocument(
  document: Document,
  patch: readonly JsonPatchOperation[],
): void {
  for (const operation of patch) {
    const place = placeOf(document, operation.path, operation.op === 'add');
    switch (operation.op) {
      case 'test':
        requireEqual(document, place, operation);
        break;
      case 'remove':
        remove(place);
        break;
      default:
        put(document, place, operation.value, operation.op === 'add');
    }
  }
}

function placeOf(document: Document, pointer: string, adds: boolean): Place {
  const steps = pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  let here: unknown = document.contents;
  for (const step of steps) {
    here = isCollection(here)
      ? here.get(isSeq(here) ? Number(step) : step, true)
      : undefined;
    if (isAlias(here)) {
      throw new FixRefusal(
        `${pointer} lies behind the alias *${here.source}: what is changed there would change elsewhere too.`,
      );
    }
  }
  if (last !== undefined && isMap(here) && (adds || here.has(last))) {
    return { map: here, key: last };
  }
  if (last !== undefined && isSeq(here)) {
    const index = last === '-' ? here.items.length : Number(last);
    const end = here.items.length - (adds ? 0 : 1);
    if (Number.isInteger(index) && index >= 0 && index <= end) {
      return { seq: here, index };
    }
  }
  throw new FixRefusal(`it has nothing at ${pointer}`);
}

function nodeAt(place: Place): unknown {
  return 'map' in place
    ? place.map.get(place.key, true)
    : place.seq.get(place.index, true);
}

function requireEqual(
  document: Document,
  place: Place,
  { path, value }: { path: string; value?: unknown },
): void {
  const node = nodeAt(place);
  const found =
    isCollection(node) || isScalar(node) ? node.toJS(document) : node;
  if (!isDeepStrictEqual(found, value)) {
    throw new FixRefusal(
      `at ${path} it has ${shown(found)}, and the cluster ${shown(value)}`,
    );
  }
}

function put(
  document: Document,
  place: Place,
  value: unknown,
  adds: boolean,
): void {
  if ('seq' in place && adds) {
    place.seq.items.splice(place.index, 0, document.createNode(value));
    return;
  }
  if ('map' in place && adds && place.map.has(place.key)) {
    throw new FixRefusal(
      `it has '${place.key}' already, which the cluster has not`,
    );
  }
  const node = nodeAt(place);
  const plain = typeof value !== 'object' || value === null;
  if (isScalar(node) && plain) {
    // Its comments and, where it can keep them, its quotes stay.
    node.value = value;
    delete node.source;
    delete node.format;
  } else if ('map' in place) {
    place.map.set(place.key, document.createNode(value));
  } else {
    place.seq.set(place.index, document.createNode(value));
  }
}

function remove(place: Place): void {
  if ('map' in place) {
    place.map.delete(place.key);
  } else {
    place.seq.delete(place.index);
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
