import { Request } from 'express';
import { KubeObject } from '../../store/KubeObject';
import { apiVersionOf } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { ResourceRequest } from '../request/ResourceRequest';
import { queryParameter } from '../request/writeOptions';
import { badRequest } from '../status/refusals';
import { parseFieldSelector } from './fieldSelector';
import { parseLabelSelector } from './labelSelector';

/** Which objects a list, a watch or a deletion of many is about. */
export interface ListScope {
  kind: ResourceKind;
  apiVersion: string;
  namespace?: string;
  /** Whether a label or field selector was given. */
  selective: boolean;
  matches(object: KubeObject): boolean;
}

/** @throws ApiError 400 where a selector or a version cannot be understood */
export function listScope(
  { kind, version, namespace, name }: ResourceRequest,
  request: Request,
): ListScope {
  const labelText = queryParameter(request, 'labelSelector');
  const fieldText = queryParameter(request, 'fieldSelector');
  const byLabels = parseLabelSelector(labelText);
  const byFields = parseFieldSelector(fieldText, kind);
  const resourceVersion = queryParameter(request, 'resourceVersion') ?? '';
  if (!/^\d*$/.test(resourceVersion)) {
    throw badRequest(
      `resourceVersion: Invalid value: "${resourceVersion}": strconv.ParseUint: parsing "${resourceVersion}": invalid syntax`,
    );
  }
  return {
    kind,
    apiVersion: apiVersionOf(kind.group, version),
    namespace,
    selective: Boolean(labelText || fieldText),
    matches: object =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (name === undefined || object.metadata.name === name) &&
      byLabels(object.metadata.labels) &&
      byFields(object),
  };
}
