import { ClusterConfig, hasEnvoy, Pod } from '../mesh';
import { TrafficContext } from './TrafficContext';
import { calleesTunnel, ConnectionReports } from './tunnels';

export type Connection = 'mutual-tls' | 'plaintext' | 'refused';

/** What becomes of a connection between a caller and a pod, by what both sides' settings say. */
export function connect(
  context: TrafficContext,
  from: Pod,
  cluster: ClusterConfig,
  to: Pod,
): Connection {
  const connection = handshake(context, from, cluster, to);
  if (
    connection === 'refused' ||
    to.workload.proxy !== 'ztunnel' ||
    admits(context, from, cluster, to, connection === 'mutual-tls')
  ) {
    return connection;
  }
  new ConnectionReports(context, [
    calleesTunnel(context, to, {
      from,
      service: cluster.service,
      mutualTls: connection === 'mutual-tls',
    }),
  ]).close(0, 0, 'DENY');
  return 'refused';
}

/** Whether the ztunnel in front of a pod lets a connection in. */
function admits(
  { meshOf }: TrafficContext,
  from: Pod,
  { port }: ClusterConfig,
  to: Pod,
  mutualTls: boolean,
): boolean {
  return meshOf(to.workload).authorization.allowsConnection(to.workload, {
    ...(mutualTls && {
      principal: from.workload.principal.replace('spiffe://', ''),
      namespace: from.workload.namespace,
    }),
    ip: from.ip,
    port: port.targetPort,
  });
}

function handshake(
  { meshOf, eastWestGateway }: TrafficContext,
  from: Pod,
  cluster: ClusterConfig,
  to: Pod,
): Connection {
  const { serverTls } = meshOf(to.workload);
  const client = clientMode(
    meshOf(from.workload).settings.autoMtls,
    from,
    cluster,
    to,
    port => serverTls.modeOf(to.workload, port),
  );
  if (
    from.workload.cluster !== to.workload.cluster &&
    // The way there is a gateway that finds its way by the name in mutual TLS.
    (client !== 'mutual-tls' || !eastWestGateway(to.workload.cluster))
  ) {
    return 'refused';
  }
  if (to.workload.proxy === 'none') {
    // Its application understands no TLS that it did not ask for.
    return client === 'plaintext' ? 'plaintext' : 'refused';
  }
  const server = serverTls.modeOf(to.workload, cluster.port.targetPort);
  if (client === 'mutual-tls') {
    // A ztunnel takes tunnels in any mode: DISABLE only lets plaintext in besides.
    return server === 'DISABLE' && hasEnvoy(to.workload)
      ? 'refused'
      : 'mutual-tls';
  }
  if (client === 'other-tls') {
    return 'refused';
  }
  return server === 'STRICT' ? 'refused' : 'plaintext';
}

function clientMode(
  autoMtls: boolean,
  from: Pod,
  { tls, port }: ClusterConfig,
  to: Pod,
  serverMode: (port: number) => string,
): 'mutual-tls' | 'plaintext' | 'other-tls' {
  switch (from.workload.proxy) {
    case 'none':
      return 'plaintext';
    case 'ztunnel':
      // It reads no DestinationRule, and tunnels to whoever takes tunnels.
      return to.workload.proxy === 'none' ? 'plaintext' : 'mutual-tls';
    default:
  }
  if (tls === 'ISTIO_MUTUAL') {
    return 'mutual-tls';
  }
  if (tls === 'DISABLE') {
    return 'plaintext';
  }
  if (tls === 'SIMPLE' || tls === 'MUTUAL') {
    return 'other-tls';
  }
  if (to.workload.proxy === 'ztunnel') {
    return 'mutual-tls';
  }
  // Auto-mTLS: istiod tells callers which pods have a proxy, and that it is not switched off there.
  return autoMtls &&
    to.workload.proxy !== 'none' &&
    serverMode(port.targetPort) !== 'DISABLE'
    ? 'mutual-tls'
    : 'plaintext';
}
