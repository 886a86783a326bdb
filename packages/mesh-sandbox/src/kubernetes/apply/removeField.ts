import { isJsonObject, JsonObject } from '../patch/Json';
import { pathOf } from './FieldSet';

/**
 * Removes a field that its last owner has given up, and the maps and lists that become empty by that.
 * A list item goes as a whole, unless another manager still owns something in it. Changes the object.
 */
export function removeField(
  object: object,
  field: string,
  ownedByOthers: ReadonlySet<string>,
): void {
  remove(object, pathOf(field), [], ownedByOthers);
}

function remove(
  node: unknown,
  [element, ...rest]: readonly string[],
  walked: readonly string[],
  kept: ReadonlySet<string>,
): void {
  const isLast = rest.length === 0;
  if (element.startsWith('f:') && isJsonObject(node)) {
    const name = element.slice(2);
    if (!isLast) {
      remove(node[name], rest, [...walked, element], kept);
    }
    if (isLast || isEmpty(node[name])) {
      delete node[name];
    }
  } else if (Array.isArray(node)) {
    const index = node.findIndex(item => isItem(item, element));
    if (index < 0) {
      return;
    }
    if (isLast) {
      node.splice(index, 1);
      return;
    }
    const here = [...walked, element];
    const prefix = `${here.join('\n')}\n`;
    const shared = [...kept].some(key => key.startsWith(prefix));
    if (rest[0] === '.' && !shared) {
      node.splice(index, 1);
    } else if (rest[0] !== '.' && !isKeyOf(element, rest)) {
      remove(node[index], rest, here, kept);
    }
  }
}

/** Whether a list's item is the one that `k:{...}` or `v:...` names. */
function isItem(item: unknown, element: string): boolean {
  const named: unknown = JSON.parse(element.slice(2));
  if (element.startsWith('v:')) {
    return item === named;
  }
  return (
    isJsonObject(item) &&
    Object.entries(named as JsonObject).every(
      ([key, value]) =>
        item[key] === value || (key === 'protocol' && item[key] === undefined),
    )
  );
}

/** An item is told apart by its key, so the key stays as long as the item does. */
function isKeyOf(
  element: string,
  [first, ...more]: readonly string[],
): boolean {
  return (
    more.length === 0 &&
    first.slice(2) in (JSON.parse(element.slice(2)) as JsonObject)
  );
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 0
  );
}
