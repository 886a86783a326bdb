import type { RateRow } from '../../telemetry';

/** A request from a workload to a service, in short. */
export interface RequestSpec {
  /** The workload, `name` or `namespace/name`; absent: Istio cannot name it. */
  from?: string;
  /** The service, `name` or `namespace/name`, or a host outside the mesh. */
  to: string;
  version?: string;
  /** The answering workload; absent: none was reached. */
  by?: string;
  code?: string;
  flags?: string;
  protocol?: string;
  grpc?: string;
  security?: string;
  /** Istio's names of the ends' clusters; absent: not labelled. */
  fromCluster?: string;
  toCluster?: string;
  rate: number;
}

/** A row of `istio_requests_total` by one reporter. */
export function requestRow(
  reporter: 'source' | 'destination' | 'waypoint',
  spec: RequestSpec,
): RateRow {
  const [sourceNamespace, source] =
    spec.from === undefined ? ['unknown', 'unknown'] : split(spec.from);
  const external = spec.to.includes('.');
  const [namespace, service] = external ? ['ai', spec.to] : split(spec.to);
  return {
    labels: {
      reporter,
      source_workload: source,
      source_workload_namespace: sourceNamespace,
      destination_service: external
        ? service
        : `${service}.${namespace}.svc.cluster.local`,
      destination_service_name: service,
      destination_service_namespace: namespace,
      destination_workload: spec.by ?? 'unknown',
      destination_workload_namespace: spec.by ? namespace : 'unknown',
      destination_version: spec.version ?? 'unknown',
      request_protocol: spec.protocol ?? 'http',
      response_code: spec.code ?? '200',
      response_flags: spec.flags ?? '-',
      connection_security_policy:
        reporter === 'source' ? 'unknown' : (spec.security ?? 'mutual_tls'),
      ...clusters(spec),
      ...(spec.grpc && { grpc_response_status: spec.grpc }),
    },
    rate: spec.rate,
  };
}

/** What both proxies of a request report. */
export function bothReport(spec: RequestSpec): RateRow[] {
  return [requestRow('source', spec), requestRow('destination', spec)];
}

/** Cumulative latency buckets of a request's row, in which everything takes up to `upToMs`. */
export function bucketRows(row: RateRow, upToMs: number): RateRow[] {
  const { labels, rate } = row;
  return ['10', '100', '1000', '10000', '30000', '60000', '+Inf'].map(le => ({
    labels: {
      reporter: labels.reporter,
      source_workload: labels.source_workload,
      source_workload_namespace: labels.source_workload_namespace,
      ...clusters({
        fromCluster: labels.source_cluster,
        toCluster: labels.destination_cluster,
      }),
      destination_service: labels.destination_service,
      destination_service_name: labels.destination_service_name,
      destination_service_namespace: labels.destination_service_namespace,
      destination_workload: labels.destination_workload,
      destination_version: labels.destination_version,
      le,
    },
    rate: le === '+Inf' || Number(le) >= upToMs ? rate : 0,
  }));
}

function clusters({
  fromCluster,
  toCluster,
}: Pick<RequestSpec, 'fromCluster' | 'toCluster'>) {
  return {
    ...(fromCluster && { source_cluster: fromCluster }),
    ...(toCluster && { destination_cluster: toCluster }),
  };
}

function split(name: string): [namespace: string, name: string] {
  const [first, second] = name.split('/');
  return second === undefined ? ['ai', first] : [first, second];
}
