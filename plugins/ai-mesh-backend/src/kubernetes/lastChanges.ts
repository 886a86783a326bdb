import type { KubernetesObject } from './kinds';
import type { RawObject } from './stripMeta';

/** Somebody's last change of an object, or its creation. */
export interface ObjectChange {
  at: Date;
  /** The field manager; absent for the creation. */
  by?: string;
}

/** As Kubernetes bounds a manager's name. */
const LONGEST_MANAGER = 128;

const changes = new WeakMap<object, readonly ObjectChange[]>();

/**
 * When an object was created, and last changed by each of its managers: earlier changes of the same manager are not kept
 * by Kubernetes. Changes of its status and of its scale are none.
 */
export function lastChangesOf(
  object: KubernetesObject,
): readonly ObjectChange[] {
  return changes.get(object) ?? readLastChanges(object as RawObject);
}

/** Keeps them of a raw object beside the stripped one, which does without the managed fields themselves. */
export function keepLastChanges<T extends object>(
  raw: RawObject,
  stripped: T,
): T {
  changes.set(stripped, readLastChanges(raw));
  return stripped;
}

function readLastChanges({ metadata }: RawObject): ObjectChange[] {
  const entries: unknown[] = Array.isArray(metadata.managedFields)
    ? metadata.managedFields
    : [];
  const created = momentOf(metadata.creationTimestamp);
  return [
    ...(created ? [{ at: created }] : []),
    ...entries.flatMap(entry => {
      const { manager, subresource, time } = (entry ?? {}) as Record<
        string,
        unknown
      >;
      const at = momentOf(time);
      return at && typeof manager === 'string' && !subresource
        ? [{ at, by: manager.slice(0, LONGEST_MANAGER) }]
        : [];
    }),
  ];
}

function momentOf(time: unknown): Date | undefined {
  const at = typeof time === 'string' ? new Date(time) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}
