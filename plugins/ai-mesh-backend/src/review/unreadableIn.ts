import {
  said,
  wording,
  type Unreadable,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { objectRef } from '../routes/objectRef';
import { aboutUnreadable } from '../routes/aboutSetting';
import { shapes } from './shapes';

/** More would not help anybody who mends an object. */
const MOST = 20;

/** Where an object is not what it should be. */
interface Place {
  path: string;
  expected: Words;
  /** Of the last that is told: how many come after it. */
  more?: number;
}

const found = new WeakMap<ConfigObject, readonly Place[]>();

/** The places of an object that are not what their schema allows. Nothing that depends on them was reviewed. */
export function unreadableIn(
  snapshot: MeshSnapshot,
  object: ConfigObject,
): Unreadable[] {
  const ref = objectRef(snapshot, object);
  return placesIn(object).map(({ path, expected, more = 0 }) => ({
    object: ref,
    path,
    ...said(
      aboutUnreadable(
        'unreadable.notReviewed',
        { object: ref, path },
        expected,
      ),
      ...(more > 0 ? [wording('unreadable.more', { count: more })] : []),
    ),
  }));
}

/** The same without the cluster's name; read once for each object. */
export function placesIn(object: ConfigObject): readonly Place[] {
  const known = found.get(object);
  if (known) {
    return known;
  }
  const places: Place[] = [];
  const shape = Object.hasOwn(shapes, object.kind)
    ? shapes[object.kind]
    : undefined;
  // What a client may leave out reads as null in some manifests.
  if (object.spec === undefined || object.spec === null) {
    if (shape?.required) {
      places.push({ path: 'spec', expected: wording('expected.there') });
    }
  } else {
    shape?.spec(object.spec, 'spec', (path, expected) => {
      const last = places.at(-1);
      if (last && places.length === MOST) {
        last.more = (last.more ?? 0) + 1;
      } else {
        places.push({ path, expected });
      }
    });
  }
  found.set(object, places);
  return places;
}
