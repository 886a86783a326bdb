import { ResourceKind } from '../../store/ResourceKind';
import { isJsonObject, JsonObject } from '../patch/Json';
import { isSet, listKeys } from '../patch/listKeys';
import { itemElement } from './FieldSet';

/** Lays an applied configuration over an object: maps and keyed lists merge, all else is replaced. */
export function mergeConfiguration(
  kind: ResourceKind,
  live: unknown,
  configuration: unknown,
  field = '',
): unknown {
  if (isJsonObject(live) && isJsonObject(configuration)) {
    const merged: JsonObject = { ...live };
    for (const [key, value] of Object.entries(configuration)) {
      merged[key] = mergeConfiguration(kind, live[key], value, key);
    }
    return merged;
  }
  if (Array.isArray(live) && Array.isArray(configuration)) {
    return mergeLists(kind, live, configuration, field);
  }
  return configuration;
}

function mergeLists(
  kind: ResourceKind,
  live: unknown[],
  configuration: unknown[],
  field: string,
): unknown[] {
  if (isSet(field)) {
    return [...new Set([...live, ...configuration])];
  }
  const keys = listKeys(kind, field, [...live, ...configuration]);
  if (!keys) {
    return configuration;
  }
  const merged = [...live] as JsonObject[];
  for (const item of configuration as JsonObject[]) {
    const id = itemElement(item, keys);
    const index = merged.findIndex(each => itemElement(each, keys) === id);
    if (index < 0) {
      merged.push(item);
    } else {
      merged[index] = mergeConfiguration(
        kind,
        merged[index],
        item,
      ) as JsonObject;
    }
  }
  return merged;
}
