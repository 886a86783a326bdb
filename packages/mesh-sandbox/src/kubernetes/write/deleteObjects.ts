import { KubeObject } from '../../store/KubeObject';
import { textAt } from '../../store/fieldAt';
import { ApiContext } from '../ApiContext';
import { inVersion } from '../read/ObjectJson';
import { ListScope } from '../read/ListScope';
import { ResourceRequest } from '../request/ResourceRequest';
import { isDryRun } from '../request/writeOptions';
import { Status } from '../status/ApiError';
import { fromStoreError } from '../status/refusals';
import { currentObject } from './changeObject';

/** `DeleteOptions`, from the body and the query. */
export interface DeleteOptions {
  dryRun: boolean;
  uid?: string;
  resourceVersion?: string;
}

/** @throws ApiError 422 where `dryRun` is something other than `All` */
export function deleteOptions(
  body: unknown,
  dryRun: string | undefined,
): DeleteOptions {
  const inBody = textAt(body, 'dryRun.0') || undefined;
  return {
    dryRun: isDryRun(dryRun ?? inBody, 'DeleteOptions'),
    uid: textAt(body, 'preconditions.uid') || undefined,
    resourceVersion: textAt(body, 'preconditions.resourceVersion') || undefined,
  };
}

/** `DELETE` of one object: a Status where it is gone, the object where a finalizer keeps it. */
export function deleteObject(
  context: ApiContext,
  target: ResourceRequest,
  options: DeleteOptions,
): Status | KubeObject {
  const { kind } = target;
  const { metadata, apiVersion } = currentObject(context, target);
  try {
    const last = context.store.remove(kind.group, kind.kind, metadata, options);
    if (last.metadata.deletionTimestamp) {
      return inVersion(last, apiVersion);
    }
  } catch (error) {
    throw fromStoreError(error, kind, metadata.name);
  }
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: metadata.name,
      ...(kind.group && { group: kind.group }),
      kind: kind.plural,
      uid: metadata.uid,
    },
    code: 200,
  };
}

/** `DELETE` of a collection: answers the list of what was deleted. */
export function deleteCollection(
  { store }: ApiContext,
  { kind, namespace, matches, apiVersion }: ListScope,
  { dryRun }: DeleteOptions,
) {
  const removed = store
    .list(kind.group, kind.kind, { namespace, sorted: true })
    .filter(matches)
    .map(({ metadata }) =>
      store.remove(kind.group, kind.kind, metadata, { dryRun }),
    );
  return {
    kind: `${kind.kind}List`,
    apiVersion,
    metadata: { resourceVersion: store.resourceVersion },
    items: removed.map(object => inVersion(object, apiVersion)),
  };
}
