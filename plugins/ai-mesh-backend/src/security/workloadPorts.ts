import type { PortMtls } from '@ai-mesh/plugin-ai-mesh-common';
import type { PodObject, ServiceObject } from '../kubernetes/kinds';

/** A port that a workload listens on, with the Service's ports that lead to it. */
export type WorkloadPort = Pick<PortMtls, 'port' | 'servicePorts' | 'protocol'>;

type ServicePort = NonNullable<
  NonNullable<ServiceObject['spec']>['ports']
>[number];

/**
 * The workload's side of a Service's ports, which is the side that PeerAuthentication and AuthorizationPolicy name.
 * A `targetPort` that is a name is looked up in the pods; where there is none to ask, the Service's number stands in.
 */
export function workloadPorts(
  service: ServiceObject,
  pods: readonly PodObject[],
): WorkloadPort[] {
  const byPort = new Map<number, WorkloadPort>();
  for (const servicePort of service.spec?.ports ?? []) {
    const port = targetPort(servicePort, pods);
    const known = byPort.get(port);
    const named = {
      port: servicePort.port,
      ...(servicePort.name !== undefined && { name: servicePort.name }),
    };
    if (known) {
      known.servicePorts.push(named);
    } else {
      byPort.set(port, {
        port,
        servicePorts: [named],
        protocol: protocolOf(servicePort),
      });
    }
  }
  return [...byPort.values()];
}

function targetPort(
  { port, targetPort: target }: ServicePort,
  pods: readonly PodObject[],
): number {
  if (typeof target === 'string') {
    const found = pods
      .flatMap(pod => pod.spec?.ports ?? [])
      .find(({ name }) => name === target);
    return found?.containerPort ?? port;
  }
  // Kubernetes: an absent targetPort, and one of 0 in some clients' manifests, is the port itself.
  return target || port;
}

const PROTOCOLS: Readonly<Record<string, WorkloadPort['protocol']>> = {
  http: 'http',
  http2: 'http',
  h2c: 'http',
  ws: 'http',
  'grpc-web': 'http',
  grpc: 'grpc',
  tcp: 'tcp',
  tls: 'tcp',
  // The application's own TLS, which the mesh passes through.
  https: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  redis: 'tcp',
};

/** Istio reads `appProtocol` first, then the port name's part before the first dash. */
function protocolOf({
  name,
  appProtocol,
  protocol,
}: ServicePort): WorkloadPort['protocol'] {
  if (protocol !== undefined && protocol !== 'TCP') {
    return 'tcp';
  }
  const said = (appProtocol?.replace(/^kubernetes\.io\//, '') ?? name ?? '')
    .toLowerCase()
    .match(/^(grpc-web|[a-z0-9]+)/)?.[0];
  return said !== undefined && Object.hasOwn(PROTOCOLS, said)
    ? PROTOCOLS[said]
    : 'auto';
}
