import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { pointerPart } from './json';

/** Stands on a route while canaries run on it: their ids, separated by commas. */
export const CANARY_ANNOTATION = 'ai-mesh.io/canary';

const MAP = '/metadata/annotations';
const ENTRY = `${MAP}/${pointerPart(CANARY_ANNOTATION)}`;

/** The ids of the canaries that run on the object. */
export function canariesOn({ metadata }: ConfigObject): string[] {
  return (metadata.annotations?.[CANARY_ANNOTATION] ?? '')
    .split(',')
    .filter(Boolean);
}

export function annotate(
  object: ConfigObject,
  id: string,
): JsonPatchOperation[] {
  const ids = canariesOn(object);
  if (ids.includes(id)) {
    return [];
  }
  const { annotations } = object.metadata;
  if (!annotations) {
    return [{ op: 'add', path: MAP, value: { [CANARY_ANNOTATION]: id } }];
  }
  return [
    {
      op: CANARY_ANNOTATION in annotations ? 'replace' : 'add',
      path: ENTRY,
      value: [...ids, id].join(','),
    },
  ];
}

/** @param hadAnnotations - whether the object had any annotation before the canary began */
export function removeAnnotation(
  object: ConfigObject,
  id: string,
  hadAnnotations: boolean,
): JsonPatchOperation[] {
  const ids = canariesOn(object);
  if (!ids.includes(id)) {
    return [];
  }
  if (ids.length > 1) {
    const rest = ids.filter(other => other !== id).join(',');
    return [{ op: 'replace', path: ENTRY, value: rest }];
  }
  const alone = Object.keys(object.metadata.annotations ?? {}).length === 1;
  return [{ op: 'remove', path: alone && !hadAnnotations ? MAP : ENTRY }];
}
