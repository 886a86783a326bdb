import { ObjectStore } from '../store';
import { Addresses } from './Addresses';
import {
  EndpointSliceObject,
  isReady,
  PodObject,
  selects,
  ServiceObject,
  ServicePort,
} from './objects';

/** Keeps the EndpointSlices of Services in step with the pods that they select. */
export class EndpointController {
  constructor(
    private readonly store: ObjectStore,
    private readonly addresses: Addresses,
  ) {}

  /** Does what is due for the Services of one namespace. */
  reconcile(namespace: string): void {
    const pods = this.store.list<PodObject>('', 'Pod', { namespace });
    const services = this.store.list<ServiceObject>('', 'Service', {
      namespace,
    });
    for (const service of services) {
      this.giveAddress(service);
      if (service.spec.selector) {
        this.writeSlice(service, pods);
      }
    }
    const names = new Set(services.map(({ metadata }) => metadata.name));
    for (const { metadata } of this.store.list(
      'discovery.k8s.io',
      'EndpointSlice',
      { namespace },
    )) {
      const owner = metadata.labels?.['kubernetes.io/service-name'];
      if (owner && !names.has(owner)) {
        this.store.remove('discovery.k8s.io', 'EndpointSlice', metadata);
      }
    }
  }

  private giveAddress(service: ServiceObject) {
    if (service.spec.clusterIP || service.spec.type === 'ExternalName') {
      return;
    }
    this.store.update<ServiceObject>('', 'Service', service.metadata, draft => {
      const ip = this.addresses.nextService();
      draft.spec = {
        ...draft.spec,
        type: draft.spec.type ?? 'ClusterIP',
        clusterIP: ip,
        clusterIPs: [ip],
        ports: draft.spec.ports?.map(port => ({
          ...port,
          protocol: port.protocol ?? 'TCP',
          targetPort: port.targetPort ?? port.port,
        })),
      };
    });
  }

  private writeSlice(service: ServiceObject, pods: PodObject[]) {
    const { name, namespace } = service.metadata;
    const selected = pods.filter(pod =>
      selects(service.spec.selector, pod.metadata.labels ?? {}),
    );
    this.store.upsert<EndpointSliceObject>({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-sandbox`,
        namespace,
        labels: {
          'kubernetes.io/service-name': name,
          'endpointslice.kubernetes.io/managed-by': 'mesh-sandbox',
        },
        ownerReferences: [
          {
            apiVersion: 'v1',
            kind: 'Service',
            name,
            uid: service.metadata.uid ?? '',
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      addressType: 'IPv4',
      endpoints: selected.map(pod => {
        const ready = isReady(pod);
        return {
          addresses: [pod.status.podIP ?? ''],
          conditions: { ready, serving: ready, terminating: false },
          nodeName: pod.spec.nodeName,
          targetRef: {
            kind: 'Pod',
            namespace,
            name: pod.metadata.name,
            uid: pod.metadata.uid,
          },
        };
      }),
      ports: (service.spec.ports ?? []).map(port => ({
        name: port.name ?? '',
        port: targetPortOf(port, selected),
        protocol: port.protocol ?? 'TCP',
      })),
    });
  }
}

/** The pods' port behind a Service's: a number, or the name of a container's port. */
export function targetPortOf(port: ServicePort, pods: PodObject[]): number {
  if (typeof port.targetPort !== 'string') {
    return port.targetPort ?? port.port;
  }
  for (const pod of pods) {
    for (const container of pod.spec.containers) {
      const named = container.ports?.find(one => one.name === port.targetPort);
      if (named) {
        return named.containerPort;
      }
    }
  }
  return port.port;
}
