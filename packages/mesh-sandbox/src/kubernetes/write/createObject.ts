import { randomBytes } from 'crypto';
import { KubeObject } from '../../store/KubeObject';
import { timestamp } from '../../store/writeRules';
import { ApiContext } from '../ApiContext';
import { trackUpdate } from '../apply/trackUpdate';
import { ResourceRequest } from '../request/ResourceRequest';
import { RequestOptions } from '../request/writeOptions';
import { ApiError } from '../status/ApiError';
import { fromStoreError, notFound } from '../status/refusals';
import { checkValid } from './checkValid';
import { readObject } from './readObject';

/** `POST` to a collection. */
export function createObject(
  context: ApiContext,
  target: ResourceRequest,
  content: unknown,
  options: RequestOptions,
): KubeObject {
  const object = readObject(content, target);
  const { metadata } = object;
  if (!metadata.name && metadata.generateName) {
    metadata.name = metadata.generateName + randomBytes(3).toString('hex');
  }
  if (metadata.resourceVersion) {
    throw new ApiError({
      code: 500,
      reason: 'InternalError',
      message: 'resourceVersion should not be set on objects to be created',
    });
  }
  delete metadata.managedFields;
  metadata.managedFields = trackUpdate({
    kind: target.kind,
    next: object,
    manager: {
      manager: options.fieldManager,
      operation: 'Update',
      apiVersion: object.apiVersion,
    },
    time: timestamp(context.clock()),
  });
  return storeNew(context, target, object, options);
}

/** Stores an object that is complete but for what the store decides. */
export function storeNew(
  { store, validator }: ApiContext,
  { kind, namespace }: ResourceRequest,
  object: KubeObject,
  { dryRun }: RequestOptions,
): KubeObject {
  const namespaceKind = store.kinds.find(
    each => each.group === '' && each.kind === 'Namespace',
  );
  if (
    namespace &&
    namespaceKind &&
    !store.get('', 'Namespace', { name: namespace })
  ) {
    throw notFound(namespaceKind, namespace);
  }
  if (kind.statusSubresource) {
    delete object.status;
  }
  checkValid(validator, kind, object);
  try {
    return store.create(object, { dryRun });
  } catch (error) {
    throw fromStoreError(error, kind, object.metadata.name);
  }
}
