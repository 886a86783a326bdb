import { KubeObject } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { Column } from './Column';
import { fieldAt, listAt, numberAt, textAt } from '../../store/fieldAt';
import { humanDuration } from './humanDuration';
import { podColumns } from './podColumns';
import { serviceColumns } from './serviceColumns';

const name: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  cell: ({ metadata }) => metadata.name,
};

const age: Column = {
  name: 'Age',
  type: 'string',
  cell: ({ metadata }, now) => since(metadata.creationTimestamp, now),
};

function since(time: string | undefined, now: Date): string {
  return time === undefined
    ? '<unknown>'
    : humanDuration(now.getTime() - Date.parse(time));
}

/** Shows a field as it is; a list as JSON, as printer columns of custom resources do. */
function field(title: string, path: string, absent?: string): Column {
  return {
    name: title,
    type: 'string',
    cell: object => textAt(object, path, absent),
  };
}

function count(title: string, path: string): Column {
  return {
    name: title,
    type: 'integer',
    cell: object => numberAt(object, path),
  };
}

function condition(object: KubeObject, type: string): string {
  const found = listAt(object, 'status.conditions').find(
    each => fieldAt(each, 'type') === type,
  );
  return textAt(found, 'status', 'Unknown');
}

function size(object: unknown, path: string): number {
  return Object.keys(fieldAt(object, path) ?? {}).length;
}

const ready = (readyPath: string): Column => ({
  name: 'Ready',
  type: 'string',
  cell: object =>
    `${numberAt(object, readyPath)}/${numberAt(object, 'spec.replicas')}`,
});

const eventColumns: Column[] = [
  {
    name: 'Last Seen',
    type: 'string',
    cell: (object, now) =>
      since(textAt(object, 'lastTimestamp') || undefined, now),
  },
  field('Type', 'type'),
  field('Reason', 'reason'),
  {
    name: 'Object',
    type: 'string',
    cell: object =>
      `${textAt(object, 'involvedObject.kind').toLowerCase()}/${textAt(object, 'involvedObject.name')}`,
  },
  field('Message', 'message'),
];

/** The columns between NAME and AGE, by group and kind. */
const byKind: Record<string, Column[]> = {
  '/Namespace': [field('Status', 'status.phase', 'Active')],
  '/Node': [
    {
      name: 'Status',
      type: 'string',
      cell: object =>
        condition(object, 'Ready') === 'True' ? 'Ready' : 'NotReady',
    },
    field('Version', 'status.nodeInfo.kubeletVersion', '<unknown>'),
  ],
  '/Pod': podColumns,
  '/Service': serviceColumns,
  '/ConfigMap': [
    { name: 'Data', type: 'integer', cell: object => size(object, 'data') },
  ],
  '/Secret': [
    field('Type', 'type'),
    { name: 'Data', type: 'integer', cell: object => size(object, 'data') },
  ],
  'apps/Deployment': [
    ready('status.readyReplicas'),
    count('Up-to-date', 'status.updatedReplicas'),
    count('Available', 'status.availableReplicas'),
  ],
  'apps/ReplicaSet': [
    count('Desired', 'spec.replicas'),
    count('Current', 'status.replicas'),
    count('Ready', 'status.readyReplicas'),
  ],
  'apps/StatefulSet': [ready('status.readyReplicas')],
  'apps/DaemonSet': [
    count('Desired', 'status.desiredNumberScheduled'),
    count('Current', 'status.currentNumberScheduled'),
    count('Ready', 'status.numberReady'),
  ],
  'autoscaling/HorizontalPodAutoscaler': [
    {
      name: 'Reference',
      type: 'string',
      cell: object =>
        `${textAt(object, 'spec.scaleTargetRef.kind')}/${textAt(object, 'spec.scaleTargetRef.name')}`,
    },
    count('MinPods', 'spec.minReplicas'),
    count('MaxPods', 'spec.maxReplicas'),
    count('Replicas', 'status.currentReplicas'),
  ],
  'discovery.k8s.io/EndpointSlice': [
    field('AddressType', 'addressType'),
    {
      name: 'Ports',
      type: 'string',
      cell: object =>
        listAt(object, 'ports')
          .map(port => textAt(port, 'port'))
          .join(',') || '<unset>',
    },
    {
      name: 'Endpoints',
      type: 'string',
      cell: object =>
        listAt(object, 'endpoints')
          .flatMap(endpoint => listAt(endpoint, 'addresses'))
          .join(',') || '<unset>',
    },
  ],
  'networking.istio.io/VirtualService': [
    field('Gateways', 'spec.gateways'),
    field('Hosts', 'spec.hosts'),
  ],
  'networking.istio.io/DestinationRule': [field('Host', 'spec.host')],
  'networking.istio.io/ServiceEntry': [
    field('Hosts', 'spec.hosts'),
    field('Location', 'spec.location'),
    field('Resolution', 'spec.resolution'),
  ],
  'networking.istio.io/WorkloadEntry': [field('Address', 'spec.address')],
  'security.istio.io/PeerAuthentication': [field('Mode', 'spec.mtls.mode')],
  'security.istio.io/AuthorizationPolicy': [field('Action', 'spec.action')],
  'gateway.networking.k8s.io/GatewayClass': [
    field('Controller', 'spec.controllerName'),
  ],
  'gateway.networking.k8s.io/Gateway': [
    field('Class', 'spec.gatewayClassName'),
    field('Address', 'status.addresses.0.value'),
    {
      name: 'Programmed',
      type: 'string',
      cell: object => condition(object, 'Programmed'),
    },
  ],
  'gateway.networking.k8s.io/HTTPRoute': [field('Hostnames', 'spec.hostnames')],
  'gateway.networking.k8s.io/GRPCRoute': [field('Hostnames', 'spec.hostnames')],
  'flagger.app/Canary': [
    field('Status', 'status.phase'),
    field('Weight', 'status.canaryWeight'),
  ],
  'argoproj.io/Rollout': [
    count('Desired', 'spec.replicas'),
    count('Current', 'status.replicas'),
    count('Available', 'status.availableReplicas'),
  ],
};

/** The columns of a kind's table. */
export function columnsOf({ group, kind }: ResourceKind): readonly Column[] {
  if (group === '' && kind === 'Event') {
    return eventColumns;
  }
  return [name, ...(byKind[`${group}/${kind}`] ?? []), age];
}
