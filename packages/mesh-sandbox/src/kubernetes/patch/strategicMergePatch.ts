import { ResourceKind } from '../../store/ResourceKind';
import { isJsonObject, JsonObject } from './Json';
import { isSet, listKeys } from './listKeys';

/**
 * Kubernetes' strategic merge patch for built-in kinds: as a merge patch, but lists with a merge key are merged
 * item by item. Understands `$patch`, `$retainKeys`, `$setElementOrder/...` and `$deleteFromPrimitiveList/...`.
 * Changes neither argument.
 */
export function strategicMergePatch(
  kind: ResourceKind,
  target: unknown,
  patch: JsonObject,
): JsonObject {
  if (patch.$patch === 'delete') {
    return {};
  }
  if (patch.$patch === 'replace') {
    return withoutDirectives(patch);
  }
  const merged: JsonObject = isJsonObject(target) ? { ...target } : {};
  if (Array.isArray(patch.$retainKeys)) {
    const { $retainKeys: retained } = patch;
    for (const key of Object.keys(merged)) {
      if (!retained.includes(key)) {
        delete merged[key];
      }
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    const [directive, field] = key.split('/');
    if (directive === '$deleteFromPrimitiveList') {
      merged[field] = without(merged[field], value);
    } else if (key.startsWith('$')) {
      continue;
    } else if (value === null) {
      delete merged[key];
    } else if (Array.isArray(value)) {
      merged[key] = mergeLists(kind, key, merged[key], value);
    } else if (isJsonObject(value)) {
      merged[key] = strategicMergePatch(kind, merged[key], value);
    } else {
      merged[key] = value;
    }
  }
  return reorder(kind, merged, patch);
}

function mergeLists(
  kind: ResourceKind,
  field: string,
  target: unknown,
  patch: unknown[],
): unknown {
  const present = Array.isArray(target) ? target : [];
  if (isSet(field)) {
    return [...new Set([...present, ...patch])];
  }
  const directives = patch.filter(isJsonObject);
  if (directives.some(item => item.$patch === 'replace')) {
    return patch.filter(
      item => !isJsonObject(item) || item.$patch !== 'replace',
    );
  }
  const [key] = listKeys(kind, field, [...present, ...patch]) ?? [];
  if (key === undefined) {
    return patch;
  }
  const merged = [...present] as JsonObject[];
  for (const item of directives) {
    const index = merged.findIndex(each => each[key] === item[key]);
    if (item.$patch === 'delete') {
      merged.splice(index, index < 0 ? 0 : 1);
    } else if (index < 0) {
      merged.push(withoutDirectives(item));
    } else {
      merged[index] = strategicMergePatch(kind, merged[index], item);
    }
  }
  return merged;
}

/** Puts list items in the order that `$setElementOrder/<field>` names; others keep their place behind them. */
function reorder(
  kind: ResourceKind,
  merged: JsonObject,
  patch: JsonObject,
): JsonObject {
  for (const [directive, order] of Object.entries(patch)) {
    const [, field] = /^\$setElementOrder\/(.+)$/.exec(directive) ?? [];
    const items = field && merged[field];
    if (Array.isArray(order) && Array.isArray(items)) {
      const [key] = listKeys(kind, field, items) ?? [];
      const idOf = (item: unknown) =>
        key && isJsonObject(item) ? item[key] : item;
      const places = order.map(idOf);
      const place = (item: unknown) => {
        const index = places.indexOf(idOf(item));
        return index < 0 ? places.length : index;
      };
      merged[field] = [...items].sort((a, b) => place(a) - place(b));
    }
  }
  return merged;
}

function without(target: unknown, removed: unknown): unknown {
  return Array.isArray(target) && Array.isArray(removed)
    ? target.filter(item => !removed.includes(item))
    : target;
}

function withoutDirectives(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !key.startsWith('$')),
  );
}
