import type { KubernetesObject } from './kinds';
import type { RawObject } from './stripMeta';

/** As which the portal writes. */
export const FIELD_MANAGER = 'ai-mesh';

/** Who has written an object's spec, and how. */
export interface FieldManager {
  manager: string;
  operation: 'Apply' | 'Update';
}

const managers = new WeakMap<object, readonly FieldManager[]>();

/** Who manages parts of an object's spec, by its managed fields. None where the object does not carry them. */
export function fieldManagersOf(
  object: KubernetesObject,
): readonly FieldManager[] {
  return managers.get(object) ?? readFieldManagers(object as RawObject);
}

/** Keeps them of a raw object beside the stripped one, which does without the managed fields themselves. */
export function keepFieldManagers<T extends object>(
  raw: RawObject,
  stripped: T,
): T {
  managers.set(stripped, readFieldManagers(raw));
  return stripped;
}

function readFieldManagers({ metadata }: RawObject): FieldManager[] {
  const entries: unknown[] = Array.isArray(metadata.managedFields)
    ? metadata.managedFields
    : [];
  return entries.flatMap(entry => {
    const { manager, operation, fieldsV1 } = (entry ?? {}) as Record<
      string,
      unknown
    >;
    const hasSpec =
      typeof fieldsV1 === 'object' && fieldsV1 !== null && 'f:spec' in fieldsV1;
    return hasSpec &&
      typeof manager === 'string' &&
      (operation === 'Apply' || operation === 'Update')
      ? [{ manager, operation }]
      : [];
  });
}
