import { cloneJson } from '../../store/cloneJson';
import { apiVersionOf, KubeObject } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { timestamp } from '../../store/writeRules';
import { ApiContext } from '../ApiContext';
import { trackUpdate } from '../apply/trackUpdate';
import { inVersion } from '../read/ObjectJson';
import { ResourceRequest } from '../request/ResourceRequest';
import { RequestOptions } from '../request/writeOptions';
import { fromStoreError, invalid, notFound } from '../status/refusals';
import { checkValid } from './checkValid';
import { readObject } from './readObject';

/** Gives what an object is to become, as JSON, from what it is. */
export type Change = (current: KubeObject) => unknown;

/** The object that a request names, in the version that it names. */
export function currentObject(
  { store }: ApiContext,
  { kind, version, namespace, name }: ResourceRequest,
): KubeObject {
  const current = store.get(kind.group, kind.kind, { namespace, name: name! });
  if (!current) {
    throw notFound(kind, name!);
  }
  return inVersion(current, apiVersionOf(kind.group, version));
}

/**
 * `PUT`, and `PATCH` in all its forms but apply: reads, changes, checks and stores in one step, so that nothing
 * can come between.
 */
export function changeObject(
  context: ApiContext,
  target: ResourceRequest,
  options: RequestOptions,
  change: Change,
): KubeObject {
  const { kind } = target;
  const current = currentObject(context, target);
  const wanted = readObject(change(current), target);
  const next = withinSubresource(target, current, wanted);
  if (kind.custom && !next.metadata.resourceVersion) {
    throw invalid(kind, next.metadata.name, [
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0x0: must be specified for an update',
        field: 'metadata.resourceVersion',
      },
    ]);
  }
  // A client that sends no owners keeps those there are; one that sends an empty list wants them forgotten.
  const forget = wanted.metadata.managedFields?.length === 0;
  next.metadata.managedFields = forget
    ? []
    : (trackUpdate({
        kind,
        previous: current,
        next,
        owners: wanted.metadata.managedFields,
        manager: {
          manager: options.fieldManager,
          operation: 'Update',
          apiVersion: next.apiVersion,
          ...(target.subresource && { subresource: target.subresource }),
        },
        time: timestamp(context.clock()),
      }) ?? []);
  return storeChanged(context, kind, next, options);
}

/** Checks and stores a changed object. */
export function storeChanged(
  { store, validator }: ApiContext,
  kind: ResourceKind,
  next: KubeObject,
  { dryRun }: RequestOptions,
): KubeObject {
  if (!next.metadata.managedFields?.length) {
    delete next.metadata.managedFields;
  }
  checkValid(validator, kind, next);
  try {
    return store.replace(next, { dryRun });
  } catch (error) {
    throw fromStoreError(error, kind, next.metadata.name);
  }
}

/** Lets through only what may be written at the request's path: `status` at `/status`, all else at the object. */
export function withinSubresource(
  { kind, subresource }: ResourceRequest,
  current: KubeObject,
  wanted: KubeObject,
): KubeObject {
  const next = cloneJson(subresource === 'status' ? current : wanted);
  if (subresource === 'status') {
    next.metadata.resourceVersion = wanted.metadata.resourceVersion;
    next.status = cloneJson(wanted.status ?? {});
  } else if (kind.statusSubresource) {
    delete next.status;
    if (current.status !== undefined) {
      next.status = current.status;
    }
  }
  return next;
}
