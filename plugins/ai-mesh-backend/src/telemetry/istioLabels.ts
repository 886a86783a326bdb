/**
 * Labels of Istio's standard metrics, as Prometheus has them.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export const istioLabels = {
  reporter: 'reporter',
  protocol: 'request_protocol',
  responseCode: 'response_code',
  responseFlags: 'response_flags',
  grpcStatus: 'grpc_response_status',
  security: 'connection_security_policy',
  sourceWorkload: 'source_workload',
  sourceNamespace: 'source_workload_namespace',
  sourceCluster: 'source_cluster',
  sourcePrincipal: 'source_principal',
  destinationHost: 'destination_service',
  destinationService: 'destination_service_name',
  destinationServiceNamespace: 'destination_service_namespace',
  destinationWorkload: 'destination_workload',
  destinationWorkloadNamespace: 'destination_workload_namespace',
  destinationCluster: 'destination_cluster',
  destinationVersion: 'destination_version',
  destinationRevision: 'destination_canonical_revision',
  bucket: 'le',
} as const;

/** Names of Istio's standard metrics; the histogram of durations is native under its own name, classic with `_bucket`. */
export const istioMetrics = {
  requests: 'istio_requests_total',
  durations: 'istio_request_duration_milliseconds',
  durationBuckets: 'istio_request_duration_milliseconds_bucket',
  connectionsOpened: 'istio_tcp_connections_opened_total',
  connectionsClosed: 'istio_tcp_connections_closed_total',
  bytesSent: 'istio_tcp_sent_bytes_total',
  bytesReceived: 'istio_tcp_received_bytes_total',
} as const;

/** Who measured: the caller's proxy, the called one's, or a waypoint between them. */
export type Reporter = 'source' | 'destination' | 'waypoint';

/** Envoy's clusters for what the mesh has no service for, which stand in the place of the called service's name. */
export const PASSTHROUGH_CLUSTERS: ReadonlySet<string> = new Set([
  'PassthroughCluster',
  'InboundPassthroughCluster',
]);

/** Names that Istio writes where it has no peer to name. */
const NAMELESS = new Set(['', 'unknown']);

/** A label's value, or undefined where Istio says `unknown` or nothing at all. */
export function named(
  labels: Readonly<Record<string, string>>,
  label: string,
): string | undefined {
  const value = labels[label];
  return value === undefined || NAMELESS.has(value) ? undefined : value;
}

/** A namespace and a name, where Istio knows both. */
export function namedPair(
  labels: Readonly<Record<string, string>>,
  namespaceLabel: string,
  nameLabel: string,
): { namespace: string; name: string } | undefined {
  const namespace = named(labels, namespaceLabel);
  const name = named(labels, nameLabel);
  return namespace !== undefined && name !== undefined
    ? { namespace, name }
    : undefined;
}
