import { selects, ServiceObject } from './kubernetesObjects';
import { ObjectStore } from '../store';
import { serviceHost } from './hosts';
import { ServiceEntry } from './istioObjects';
import { MeshService, Pod, protocolOf, Workload } from './model';

/** Services and ServiceEntries, by full host. */
export function readServices(
  store: ObjectStore,
  workloads: Iterable<Workload>,
  portOf: (service: ServiceObject, portName: string) => number | undefined,
): Map<string, MeshService> {
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const list = byNamespace.get(workload.namespace) ?? [];
    byNamespace.set(workload.namespace, [...list, workload]);
  }
  const services = new Map<string, MeshService>();
  for (const service of store.list<ServiceObject>('', 'Service')) {
    const { name, namespace = '' } = service.metadata;
    const host = serviceHost(name, namespace);
    services.set(host, {
      host,
      name,
      namespace,
      external: false,
      labels: service.metadata.labels ?? {},
      selector: service.spec.selector ?? {},
      pods: podsOf(service, byNamespace.get(namespace) ?? []),
      ports: (service.spec.ports ?? []).map(port => ({
        number: port.port,
        name: port.name ?? '',
        protocol: protocolOf(port.name, port.appProtocol),
        targetPort:
          typeof port.targetPort === 'string'
            ? (portOf(service, port.name ?? '') ?? port.port)
            : (port.targetPort ?? port.port),
      })),
    });
  }
  for (const entry of store.list<ServiceEntry>(
    'networking.istio.io',
    'ServiceEntry',
  )) {
    for (const host of entry.spec?.hosts ?? []) {
      if (!services.has(host)) {
        services.set(host, externalService(entry, host));
      }
    }
  }
  return services;
}

function podsOf(service: ServiceObject, workloads: Workload[]): Pod[] {
  return workloads
    .filter(({ labels }) => selects(service.spec.selector, labels))
    .flatMap(({ pods }) => pods);
}

function externalService(entry: ServiceEntry, host: string): MeshService {
  return {
    host,
    name: host,
    namespace: entry.metadata.namespace ?? '',
    external: true,
    entry: entry.metadata.name,
    labels: entry.metadata.labels ?? {},
    selector: {},
    pods: [],
    ports: (entry.spec?.ports ?? []).map(port => ({
      number: port.number,
      name: port.name ?? '',
      protocol: protocolOf(port.name, port.protocol),
      targetPort: port.number,
    })),
  };
}
