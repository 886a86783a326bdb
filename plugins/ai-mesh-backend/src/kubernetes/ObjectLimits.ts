import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
/** How much of one object's spec is read: what is larger is not, and said so wherever it counts. */
export interface ObjectLimits {
  /** Keys of maps and items of lists. */
  keys: number;
  /** Of all its texts, the names of keys among them. */
  characters: number;
}

export const defaultObjectLimits: ObjectLimits = {
  keys: 5000,
  characters: 250_000,
};

/** Begins what stands for a spec that is not read. A spec is never a text: where one should be read, it is unreadable. */
const NOT_READ = 'not read: ';
const STANDS_FOR = /^not read: it has more than (\d+) (keys|characters)\b/;

/** Why a spec is not read, for the sentence "spec of X should be ..."; undefined where that is not why it is no object. */
export function whyNotRead(spec: unknown): Words | undefined {
  const [, most, what] =
    (typeof spec === 'string' && STANDS_FOR.exec(spec)) || [];
  return what === undefined
    ? undefined
    : wording(
        what === 'characters'
          ? 'expected.fewerCharacters'
          : 'expected.fewerKeys',
        { most },
      );
}

/** A spec as it is, or what stands for one that is too large: everything that reads it takes that for unreadable. */
export function withinLimits(spec: unknown, limits: ObjectLimits): unknown {
  const beyond = beyondLimits(spec, limits);
  return beyond === undefined
    ? spec
    : `${NOT_READ}it has more than ${limits[beyond]} ${beyond === 'keys' ? 'keys and items' : beyond}, as many as are read (aiMesh.limits.object.${beyond})`;
}

/** Counts no further than to what is too much. */
function beyondLimits(
  spec: unknown,
  limits: ObjectLimits,
): keyof ObjectLimits | undefined {
  const left = { ...limits };
  // Not by recursion: how deep it is, nobody has looked yet.
  const open = [spec];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') {
      left.characters -= next.length;
    } else if (Array.isArray(next)) {
      left.keys -= next.length;
      if (left.keys >= 0) {
        next.forEach(item => open.push(item));
      }
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, value] of Object.entries(next)) {
        left.keys -= 1;
        left.characters -= key.length;
        open.push(value);
      }
    }
    if (left.keys < 0) {
      return 'keys';
    }
    if (left.characters < 0) {
      return 'characters';
    }
  }
  return undefined;
}
