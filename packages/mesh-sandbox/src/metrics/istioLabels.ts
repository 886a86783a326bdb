import { Workload } from '../mesh';
import { ConnectionReport, RequestReport } from '../traffic';
import { LabelSet } from './exposition';

/** The labels of Istio's standard metrics, in Istio's order. What a proxy cannot know, it calls `unknown`. */
export function istioLabels(
  report: RequestReport | ConnectionReport,
  cluster: string,
): LabelSet {
  const { reporter, source, destination, service, mutualTls } = report;
  return {
    reporter,
    ...peer('source', source, mutualTls, cluster),
    ...peer('destination', destination, mutualTls, cluster),
    destination_service: service.host,
    destination_service_name: service.name,
    destination_service_namespace: service.namespace,
    request_protocol: 'protocol' in report ? report.protocol : 'tcp',
    ...('status' in report && {
      response_code: String(report.status),
      grpc_response_status: report.grpcStatus?.toString(),
    }),
    response_flags: report.flags,
    connection_security_policy: securityPolicy(reporter, mutualTls),
  };
}

/** Only the callee's proxy knows how a request came in; the caller's says nothing of it. */
function securityPolicy(reporter: string, mutualTls: boolean): string {
  if (reporter === 'source') {
    return 'unknown';
  }
  return mutualTls ? 'mutual_tls' : 'none';
}

function peer(
  side: 'source' | 'destination',
  workload: Workload | undefined,
  mutualTls: boolean,
  cluster: string,
): LabelSet {
  return {
    [`${side}_workload`]: workload?.name ?? 'unknown',
    [`${side}_workload_namespace`]: workload?.namespace ?? 'unknown',
    // Identities come from certificates: without mutual TLS there are none.
    [`${side}_principal`]: (mutualTls && workload?.principal) || 'unknown',
    [`${side}_app`]: workload?.app ?? 'unknown',
    [`${side}_version`]: workload?.version ?? 'unknown',
    [`${side}_cluster`]: workload ? cluster : 'unknown',
    [`${side}_canonical_service`]: workload?.canonicalService ?? 'unknown',
    [`${side}_canonical_revision`]: workload?.canonicalRevision ?? 'latest',
  };
}
