import { Cluster } from './Cluster';
import { Controller } from './ControllerLoop';
import { nameHash } from './nameHash';
import {
  Endpoint,
  EndpointPort,
  EndpointSlice,
  isReady,
  Pod,
  Service,
  ServicePort,
} from './objects';
import { controllerReference } from './podFromTemplate';

/** As many endpoints as Kubernetes puts into one slice. */
const mostEndpoints = 100;

/** Keeps the EndpointSlices of a Service that selects pods. */
export function endpointSliceController(cluster: Cluster): Controller {
  const { store, owners } = cluster;
  return {
    name: 'endpointslice',
    level: 2,
    reconcile(name) {
      const service = store.get<Service>('', 'Service', name);
      if (!service?.spec.selector || service.metadata.deletionTimestamp) {
        return;
      }
      const slices = slicesOf(service, cluster.podsSelectedBy(service));
      const names = new Set(slices.map(({ metadata }) => metadata.name));
      for (const old of owners.of(service.metadata.uid, 'EndpointSlice')) {
        if (!names.has(old.name)) {
          store.remove(old.group, old.kind, old);
        }
      }
      slices.forEach(slice => store.upsert(slice));
    },
  };
}

/** Pods whose ports have other numbers behind the same names are in slices of their own. */
function slicesOf(service: Service, pods: readonly Pod[]): EndpointSlice[] {
  const groups = new Map<string, { ports: EndpointPort[]; pods: Pod[] }>();
  for (const pod of pods.filter(hasAddress)) {
    const ports = (service.spec.ports ?? []).flatMap(
      port => endpointPort(port, pod) ?? [],
    );
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, pods: [] };
    group.pods.push(pod);
    groups.set(key, group);
  }
  const slices = [...groups.entries()].flatMap(([key, group]) =>
    chunks(group.pods).map((chunk, index) =>
      sliceOf(service, `${key}/${index}`, chunk.map(endpointOf), group.ports),
    ),
  );
  return slices.length > 0 ? slices : [sliceOf(service, '', null, null)];
}

function sliceOf(
  { metadata, ...service }: Service,
  key: string,
  endpoints: Endpoint[] | null,
  ports: EndpointPort[] | null,
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${metadata.name}-${nameHash(`${metadata.name}/${key}`, 5)}`,
      namespace: metadata.namespace,
      labels: {
        ...metadata.labels,
        'kubernetes.io/service-name': metadata.name,
        'endpointslice.kubernetes.io/managed-by':
          'endpointslice-controller.k8s.io',
      },
      ownerReferences: [controllerReference({ metadata, ...service })],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  };
}

function endpointOf(pod: Pod): Endpoint {
  const ready = isReady(pod) && !pod.metadata.deletionTimestamp;
  return {
    addresses: [pod.status?.podIP ?? ''],
    conditions: {
      ready,
      serving: isReady(pod),
      terminating: Boolean(pod.metadata.deletionTimestamp),
    },
    ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
    targetRef: {
      kind: 'Pod',
      namespace: pod.metadata.namespace,
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
  };
}

/** The pod's port behind a Service's; none where the pod has no port of that name. */
function endpointPort(
  {
    name = '',
    port,
    targetPort = port,
    protocol = 'TCP',
    appProtocol,
  }: ServicePort,
  { spec }: Pod,
): EndpointPort | undefined {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const number =
    typeof targetPort === 'number'
      ? targetPort
      : containers
          .flatMap(container => container.ports ?? [])
          .find(each => each.name === targetPort)?.containerPort;
  return number === undefined
    ? undefined
    : { name, port: number, protocol, ...(appProtocol && { appProtocol }) };
}

function hasAddress({ status }: Pod): boolean {
  return status?.podIP !== undefined && status.phase === 'Running';
}

function chunks(pods: readonly Pod[]): Pod[][] {
  const count = Math.ceil(pods.length / mostEndpoints);
  return Array.from({ length: count }, (_, index) =>
    pods.slice(index * mostEndpoints, (index + 1) * mostEndpoints),
  );
}
