import { applyPatch, JsonPatchError, Operation } from 'fast-json-patch';
import { badRequest, unprocessablePatch } from '../status/refusals';
import { isJsonObject } from './Json';

const operations = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/**
 * RFC 6902. Changes neither argument.
 *
 * @throws ApiError 400 where it is no patch, 422 where it does not apply, a failed `test` included
 */
export function jsonPatch(target: object, patch: unknown): unknown {
  if (!Array.isArray(patch) || !patch.every(isOperation)) {
    throw badRequest(
      'json: cannot unmarshal the body into a list of JSON Patch operations',
    );
  }
  if (patch.some(reachesPrototype)) {
    throw unprocessablePatch();
  }
  try {
    return applyPatch(target, patch, true, false).newDocument;
  } catch (error) {
    if (error instanceof JsonPatchError) {
      throw unprocessablePatch();
    }
    throw error;
  }
}

function isOperation(value: unknown): value is Operation {
  return (
    isJsonObject(value) &&
    operations.includes(String(value.op)) &&
    typeof value.path === 'string'
  );
}

/** Fields that no Kubernetes object has, and that would lead out of the object in JavaScript. */
function reachesPrototype(operation: Operation): boolean {
  const paths = [operation.path, 'from' in operation ? operation.from : ''];
  return paths.some(path =>
    /\/(__proto__|constructor\/prototype)(\/|$)/.test(path),
  );
}
