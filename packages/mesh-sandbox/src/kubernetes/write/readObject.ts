import { apiVersionOf, KubeObject } from '../../store/KubeObject';
import { isJsonObject, JsonObject } from '../patch/Json';
import { ResourceRequest } from '../request/ResourceRequest';
import { badRequest } from '../status/refusals';

/**
 * Takes JSON for an object of the resource that the request is for.
 *
 * @throws ApiError 400 where it is for another kind, namespace or name
 */
export function readObject(
  content: unknown,
  { kind, version, namespace, name }: ResourceRequest,
): KubeObject {
  if (!isJsonObject(content)) {
    throw badRequest('the body of the request is not an object');
  }
  const expected = {
    apiVersion: apiVersionOf(kind.group, version),
    kind: kind.kind,
  };
  const metadata = isJsonObject(content.metadata) ? content.metadata : {};
  checkType(content, expected, kind.custom);
  const given = { namespace: metadata.namespace, name: metadata.name };
  if (namespace && given.namespace && given.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (name && given.name && given.name !== name) {
    throw badRequest(
      `the name of the object (${given.name}) does not match the name on the URL (${name})`,
    );
  }
  return {
    ...content,
    ...expected,
    metadata: {
      ...metadata,
      name: String(given.name ?? name ?? ''),
      ...(namespace && { namespace }),
    },
  };
}

function checkType(
  content: JsonObject,
  expected: { apiVersion: string; kind: string },
  isCustom: boolean,
): void {
  const { apiVersion, kind } = content;
  if (isCustom && !kind) {
    throw badRequest(`Object 'Kind' is missing in the body of the request`);
  }
  if (isCustom && !apiVersion) {
    throw badRequest(
      `Object 'apiVersion' is missing in the body of the request`,
    );
  }
  if (apiVersion && apiVersion !== expected.apiVersion) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected.apiVersion})`,
    );
  }
  if (kind && kind !== expected.kind) {
    throw badRequest(
      `${kind} in version "${expected.apiVersion}" cannot be handled as a ${expected.kind}`,
    );
  }
}
