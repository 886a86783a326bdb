import { KubeObject } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { isJsonObject, JsonObject } from '../patch/Json';
import { isSet, keyValue, listKeys } from '../patch/listKeys';

/**
 * A path to a field in the notation of `FieldsV1`: `f:<field>`, `k:{"name":"x"}` for a list item, `v:"x"` for a
 * member of a set, and `.` for the item itself.
 */
export type FieldPath = readonly string[];

/** Leaves of an object by their path (joined by newlines, which no path element holds), with their values. */
export type Leaves = Map<string, unknown>;

/** Fields of no manager: they name the object or are the server's own. */
const unowned = new Set([
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'metadata.managedFields',
  'metadata.generateName',
]);

export function pathOf(key: string): FieldPath {
  return key.split('\n');
}

export function keyOf(path: FieldPath): string {
  return path.join('\n');
}

/**
 * The leaves of an object that managers can own: scalars, lists that are replaced whole, empty maps.
 *
 * @param part - which half is written: `status` through its subresource, everything else through the object
 */
export function leavesOf(
  object: KubeObject,
  kind: ResourceKind,
  part: 'object' | 'status',
): Leaves {
  const leaves: Leaves = new Map();
  for (const [field, value] of Object.entries(object)) {
    const isStatus = kind.statusSubresource && field === 'status';
    if (isStatus === (part === 'status') && !unowned.has(field)) {
      collect(value, [`f:${field}`], field, kind, leaves);
    }
  }
  return leaves;
}

function collect(
  value: unknown,
  path: FieldPath,
  field: string,
  kind: ResourceKind,
  leaves: Leaves,
): void {
  const keys = Array.isArray(value) && listKeys(kind, field, value);
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    for (const [key, child] of Object.entries(value)) {
      const owned = path.length > 1 || !unowned.has(`${field}.${key}`);
      if (owned && child !== undefined) {
        collect(child, [...path, `f:${key}`], key, kind, leaves);
      }
    }
  } else if (Array.isArray(value) && isSet(field)) {
    for (const member of value) {
      leaves.set(keyOf([...path, `v:${JSON.stringify(member)}`]), member);
    }
  } else if (Array.isArray(value) && keys && value.length > 0) {
    for (const item of value as JsonObject[]) {
      const itemPath = [...path, itemElement(item, keys)];
      leaves.set(keyOf([...itemPath, '.']), true);
      collect(item, itemPath, '', kind, leaves);
    }
  } else {
    leaves.set(keyOf(path), value);
  }
}

/** `k:{"containerPort":8080,"protocol":"TCP"}` */
export function itemElement(item: JsonObject, keys: readonly string[]): string {
  const named = keys.map(key => [key, keyValue(item, key)]);
  return `k:${JSON.stringify(Object.fromEntries(named))}`;
}

/** The nested form in `managedFields[].fieldsV1`. */
export function toFieldsV1(keys: Iterable<string>): JsonObject {
  const root: JsonObject = {};
  for (const key of keys) {
    let node = root;
    for (const element of pathOf(key)) {
      node[element] = node[element] ?? {};
      node = node[element] as JsonObject;
    }
  }
  return root;
}

/** The paths of a `fieldsV1`. */
export function fromFieldsV1(
  fields: unknown,
  path: FieldPath = [],
): Set<string> {
  const keys = new Set<string>();
  for (const [element, children] of Object.entries(fields ?? {})) {
    const here = [...path, element];
    if (isJsonObject(children) && Object.keys(children).length > 0) {
      fromFieldsV1(children, here).forEach(key => keys.add(key));
    } else {
      keys.add(keyOf(here));
    }
  }
  return keys;
}

/** A path as messages show it: `.spec.template.spec.containers[name="app"].image`. */
export function displayPath(key: string): string {
  return pathOf(key)
    .filter(element => element !== '.')
    .map(element => {
      const rest = element.slice(2);
      if (element.startsWith('k:')) {
        const named = Object.entries(JSON.parse(rest) as JsonObject);
        return `[${named
          .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
          .join(',')}]`;
      }
      return element.startsWith('v:') ? `[=${rest}]` : `.${rest}`;
    })
    .join('');
}
