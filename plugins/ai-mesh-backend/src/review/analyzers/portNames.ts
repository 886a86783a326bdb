import type { Analyzer } from '../Analyzer';
import { serviceName } from '../subjectRules';

/** What Istio reads in the name of a port, before its first dash, and as an appProtocol. */
const PROTOCOLS = [
  'grpc',
  'grpc-web',
  'hbone',
  'http',
  'http2',
  'http_proxy',
  'https',
  'mongo',
  'mysql',
  'redis',
  'tcp',
  'tls',
  'udp',
];
/** Kubernetes' own. */
const APP_PROTOCOLS = [
  ...PROTOCOLS,
  'kubernetes.io/h2c',
  'kubernetes.io/ws',
  'kubernetes.io/wss',
];
/** Ports of servers that speak first: Istio takes them for TCP. */
const SERVERS_FIRST = [25, 53, 3306, 27017];
const SYSTEM = /^kube-(system|public|node-lease)$/;

/**
 * AIM803: ports that say nothing of their protocol, or something that Istio does not know.
 *
 * @see Istio's pkg/config/kube/conversion.go
 */
export const portNames: Analyzer = {
  codes: ['AIM803'],
  needs: ['Service'],
  *analyze(subject) {
    const { object, service, snapshot } = subject;
    if (
      SYSTEM.test(service.namespace) ||
      service.namespace === snapshot.rootNamespace
    ) {
      return;
    }
    for (const [index, port] of (object.spec?.ports ?? []).entries()) {
      const { name = '', appProtocol, protocol } = port;
      const isKnown =
        protocol === 'UDP' ||
        (appProtocol === undefined
          ? SERVERS_FIRST.includes(port.port) || saysProtocol(name)
          : APP_PROTOCOLS.includes(appProtocol.toLowerCase()));
      if (!isKnown) {
        yield {
          key: appProtocol === undefined ? 'AIM803.name' : 'AIM803.appProtocol',
          object,
          path: `spec.ports[${index}]`,
          params: {
            service: serviceName(subject),
            port: port.port,
            name: appProtocol ?? (name || '–'),
          },
        };
      }
    }
  },
};

function saysProtocol(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    lower.startsWith('grpc-web') || PROTOCOLS.includes(lower.split('-')[0])
  );
}
