import type { Unreadable } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { objectName, objectRef } from '../routes/objectRef';
import { shapes } from './shapes';

/** More would not help anybody who mends an object. */
const MOST = 20;

const found = new WeakMap<
  ConfigObject,
  readonly { path: string; expected: string }[]
>();

/** The places of an object that are not what their schema allows. Nothing that depends on them was reviewed. */
export function unreadableIn(
  snapshot: MeshSnapshot,
  object: ConfigObject,
): Unreadable[] {
  const ref = objectRef(snapshot, object);
  return placesIn(object).map(({ path, expected }) => ({
    object: ref,
    path,
    message: `${path} of ${objectName(object)} should be ${expected}; what depends on it was not reviewed.`,
  }));
}

/** The same without the cluster's name; read once for each object. */
export function placesIn(
  object: ConfigObject,
): readonly { path: string; expected: string }[] {
  const known = found.get(object);
  if (known) {
    return known;
  }
  const places: { path: string; expected: string }[] = [];
  const shape = Object.hasOwn(shapes, object.kind)
    ? shapes[object.kind]
    : undefined;
  // What a client may leave out reads as null in some manifests.
  if (object.spec === undefined || object.spec === null) {
    if (shape?.required) {
      places.push({ path: 'spec', expected: 'there' });
    }
  } else {
    shape?.spec(object.spec, 'spec', (path, expected) => {
      if (places.length < MOST) {
        places.push({ path, expected });
      }
    });
  }
  found.set(object, places);
  return places;
}
