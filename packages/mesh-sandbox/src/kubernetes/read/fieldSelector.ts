import { textAt } from '../../store/fieldAt';
import { KubeObject } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { badRequest } from '../status/refusals';

export type FieldSelector = (object: KubeObject) => boolean;

/** The fields that can be selected by, beside `metadata.name` and `metadata.namespace`. */
const selectable: Record<string, readonly string[]> = {
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  ReplicaSet: ['status.replicas'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
};

/**
 * A `fieldSelector` parameter: `metadata.name=a,status.phase!=Running`.
 *
 * @throws ApiError 400 where the kind cannot be selected by a field
 */
export function parseFieldSelector(
  text: string | undefined,
  kind: ResourceKind,
): FieldSelector {
  const fields = [
    'metadata.name',
    ...(kind.namespaced ? ['metadata.namespace'] : []),
    ...((!kind.custom && selectable[kind.kind]) || []),
  ];
  const terms = (text ?? '')
    .split(',')
    .filter(term => term !== '')
    .map(term => parseTerm(term, fields));
  return object => terms.every(holds => holds(object));
}

function parseTerm(term: string, fields: readonly string[]): FieldSelector {
  const parsed = /^([^=!]+)(==|=|!=)(.*)$/.exec(term);
  if (!parsed) {
    throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  }
  const [, path, operator, wanted] = parsed;
  if (!fields.includes(path)) {
    throw badRequest(`field label not supported: ${path}`);
  }
  return object => (textAt(object, path) === wanted) === (operator !== '!=');
}
