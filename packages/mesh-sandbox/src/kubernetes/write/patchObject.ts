import { Request } from 'express';
import { KubeObject } from '../../store/KubeObject';
import { timestamp } from '../../store/writeRules';
import { ApiContext } from '../ApiContext';
import { serverSideApply } from '../apply/serverSideApply';
import { isJsonObject } from '../patch/Json';
import { jsonPatch } from '../patch/jsonPatch';
import { mergePatch } from '../patch/mergePatch';
import { strategicMergePatch } from '../patch/strategicMergePatch';
import { inVersion } from '../read/ObjectJson';
import { mediaType, readBody } from '../request/readBody';
import { ResourceRequest } from '../request/ResourceRequest';
import { RequestOptions } from '../request/writeOptions';
import { badRequest, invalid } from '../status/refusals';
import {
  Change,
  changeObject,
  storeChanged,
  withinSubresource,
} from './changeObject';
import { storeNew } from './createObject';
import { readObject } from './readObject';

const applyType = 'application/apply-patch+yaml';
const strategicType = 'application/strategic-merge-patch+json';

/** `PATCH`, by its content type. Only an apply may create what it patches. */
export function patchObject(
  context: ApiContext,
  target: ResourceRequest,
  request: Request,
  options: RequestOptions,
): { object: KubeObject; created: boolean } {
  if (mediaType(request) === applyType) {
    const configuration = readBody(request, [applyType]);
    return applyObject(context, target, configuration, options);
  }
  const change = changeOf(target, request);
  return {
    object: changeObject(context, target, options, change),
    created: false,
  };
}

/** How a request's patch changes what it is applied to. */
export function changeOf({ kind }: ResourceRequest, request: Request): Change {
  const patch = readBody(request, [
    'application/json-patch+json',
    'application/merge-patch+json',
    ...(kind.custom ? [] : [strategicType]),
    applyType,
  ]);
  switch (mediaType(request)) {
    case 'application/json-patch+json':
      return current => jsonPatch(current, patch);
    case strategicType:
      return current => {
        if (!isJsonObject(patch)) {
          throw badRequest('a strategic merge patch is an object');
        }
        return strategicMergePatch(kind, current, patch);
      };
    default:
      return current => mergePatch(current, patch);
  }
}

function applyObject(
  context: ApiContext,
  target: ResourceRequest,
  content: unknown,
  options: RequestOptions,
): { object: KubeObject; created: boolean } {
  const { kind } = target;
  if (!options.explicitFieldManager) {
    throw invalid({ kind: 'PatchOptions', group: 'meta.k8s.io' }, '', [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: is required for apply patch',
        field: 'fieldManager',
      },
    ]);
  }
  const configuration = readObject(content, target);
  if (configuration.metadata.managedFields) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const stored = context.store.get(kind.group, kind.kind, {
    namespace: target.namespace,
    name: target.name!,
  });
  const live = stored && inVersion(stored, configuration.apiVersion);
  const applied = serverSideApply({
    kind,
    live,
    configuration,
    manager: {
      manager: options.explicitFieldManager,
      operation: 'Apply',
      apiVersion: configuration.apiVersion,
      ...(target.subresource && { subresource: target.subresource }),
    },
    force: options.force,
    time: timestamp(context.clock()),
  });
  if (!live) {
    return {
      object: storeNew(context, target, applied, options),
      created: true,
    };
  }
  const next = withinSubresource(target, live, applied);
  next.metadata.managedFields = applied.metadata.managedFields;
  return {
    object: storeChanged(context, kind, next, options),
    created: false,
  };
}
