import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';

type Json = unknown;

/** `spec.http[0].timeout` as steps; a key with dots in it (`portLevelMtls.9090`) is given as an extra step. */
export function stepsOf(path: string, ...more: string[]): string[] {
  return [...path.split(/[.[\]]/).filter(step => step !== ''), ...more];
}

/** Steps as a JSON Pointer (RFC 6901). */
export function pointer(steps: readonly string[]): string {
  return steps
    .map(step => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/**
 * Operations that put a value in its place, with whatever has to be around it. What is of the wrong type on the way is
 * replaced.
 */
export function setValue(
  object: Json,
  steps: readonly string[],
  value: Json,
): JsonPatchOperation[] {
  let here = object;
  for (const [depth, step] of steps.entries()) {
    const last = depth === steps.length - 1;
    const path = pointer(steps.slice(0, depth + 1));
    const rest = () =>
      steps
        .slice(depth + 1)
        .reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
    if (!has(here, step)) {
      return [{ op: 'add', path, value: last ? value : rest() }];
    }
    const next = child(here, step);
    if (last || !holds(next, steps[depth + 1])) {
      return [{ op: 'replace', path, value: last ? value : rest() }];
    }
    here = next;
  }
  return [];
}

/** The operation that takes a value away, where it is there. */
export function removeValue(
  object: Json,
  steps: readonly string[],
): JsonPatchOperation[] {
  return valueAt(object, steps) === undefined
    ? []
    : [{ op: 'remove', path: pointer(steps) }];
}

/** What lies at the steps; undefined where nothing does. */
export function valueAt(object: Json, steps: readonly string[]): Json {
  return steps.reduce<Json>(
    (here, step) => (has(here, step) ? child(here, step) : undefined),
    object,
  );
}

/**
 * The object with the operations applied; the given one stays as it is.
 *
 * @throws Error where an operation does not fit the object, which is a mistake of whoever made it
 */
export function applyPatch<T>(
  object: T,
  operations: readonly JsonPatchOperation[],
): T {
  return operations.reduce<Json>((document, operation) => {
    const steps = operation.path
      .split('/')
      .slice(1)
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return change(document, steps, operation);
  }, structuredClone(object)) as T;
}

function change(
  here: Json,
  [step, ...rest]: string[],
  operation: JsonPatchOperation,
): Json {
  const fits = (condition: boolean) => {
    if (!condition) {
      throw new Error(
        `The operation ${operation.op} ${operation.path} does not fit the object`,
      );
    }
  };
  fits(isContainer(here) && step !== undefined);
  const adds = operation.op === 'add' && rest.length === 0;
  fits(adds || has(here, step));
  if (rest.length > 0) {
    put(here, step, change(child(here, step), rest, operation));
    return here;
  }
  switch (operation.op) {
    case 'test':
      fits(
        JSON.stringify(child(here, step)) === JSON.stringify(operation.value),
      );
      break;
    case 'remove':
      if (Array.isArray(here)) {
        here.splice(Number(step), 1);
      } else {
        delete (here as Record<string, Json>)[step];
      }
      break;
    case 'add':
      if (Array.isArray(here)) {
        here.splice(
          step === '-' ? here.length : Number(step),
          0,
          operation.value,
        );
        break;
      }
      put(here, step, operation.value);
      break;
    default:
      put(here, step, operation.value);
  }
  return here;
}

function isContainer(value: Json): value is object {
  return typeof value === 'object' && value !== null;
}

/** An object can take any key; a list only an entry that it has. */
function holds(value: Json, step: string): boolean {
  return isContainer(value) && (!Array.isArray(value) || has(value, step));
}

function has(value: Json, step: string): boolean {
  return isContainer(value) && Object.hasOwn(value, step);
}

function child(value: Json, step: string): Json {
  return (value as Record<string, Json>)[step];
}

/** As JSON has it: a key called `__proto__` is a key like any other. */
function put(value: Json, step: string, content: Json): void {
  Object.defineProperty(value, step, {
    value: content,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
