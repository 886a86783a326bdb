import { ClusterConfig, Pod } from '../mesh';
import { TrafficContext } from './TrafficContext';

export type Connection = 'mutual-tls' | 'plaintext' | 'refused';

/** What becomes of a connection between a caller and a pod, by what both sides' settings say about TLS. */
export function connect(
  { model }: TrafficContext,
  from: Pod,
  cluster: ClusterConfig,
  to: Pod,
): Connection {
  const client = clientMode(model.settings.autoMtls, from, cluster, to, port =>
    model.serverTls.modeOf(to.workload, port),
  );
  if (to.workload.proxy === 'none') {
    // Its application understands no TLS that it did not ask for.
    return client === 'plaintext' ? 'plaintext' : 'refused';
  }
  const server = model.serverTls.modeOf(to.workload, cluster.port.targetPort);
  if (client === 'mutual-tls') {
    return server === 'DISABLE' ? 'refused' : 'mutual-tls';
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
  if (from.workload.proxy === 'none') {
    return 'plaintext';
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
  // Auto-mTLS: istiod tells callers which pods have a proxy, and that it is not switched off there.
  return autoMtls &&
    to.workload.proxy !== 'none' &&
    serverMode(port.targetPort) !== 'DISABLE'
    ? 'mutual-tls'
    : 'plaintext';
}
