import { hasEnvoy } from '../mesh';
import { ConnectionReport, RequestReport } from '../traffic';
import { LabelSet } from './exposition';
import { podLabels } from './podLabels';

type Report = RequestReport | ConnectionReport;

/** The labels of Istio's standard metrics, in Istio's order. What a proxy cannot know, it calls `unknown`. */
export function istioLabels(report: Report): LabelSet {
  const { reporter, service } = report;
  return {
    reporter,
    ...peer('source', report),
    ...peer('destination', report),
    destination_service: service.host,
    destination_service_name: service.name,
    destination_service_namespace: service.namespace,
    request_protocol: 'protocol' in report ? report.protocol : 'tcp',
    ...('status' in report && {
      response_code: String(report.status),
      grpc_response_status: report.grpcStatus?.toString(),
    }),
    response_flags: report.flags,
    connection_security_policy: securityPolicy(report),
    // Whose report it is tells only the scrape, where a proxy speaks for other pods than its own.
    ...('pod' in report && report.pod && podLabels(report.pod)),
  };
}

/** Of Envoys, only the callee's knows how a request came in; a ztunnel knows what it tunnels, and no word for the rest. */
function securityPolicy({ reporter, proxy, mutualTls }: Report): string {
  if (!hasEnvoy(proxy)) {
    return mutualTls ? 'mutual_tls' : 'unknown';
  }
  if (reporter === 'source') {
    return 'unknown';
  }
  return mutualTls ? 'mutual_tls' : 'none';
}

function peer(side: 'source' | 'destination', report: Report): LabelSet {
  const { mutualTls } = report;
  const workload = report[side];
  return {
    [`${side}_workload`]: workload?.name ?? 'unknown',
    [`${side}_workload_namespace`]: workload?.namespace ?? 'unknown',
    // Identities come from certificates: without mutual TLS there are none.
    [`${side}_principal`]: (mutualTls && workload?.principal) || 'unknown',
    ...names(side, report),
    [`${side}_cluster`]: workload?.cluster ?? 'unknown',
    [`${side}_canonical_service`]: workload?.canonicalService ?? 'unknown',
    [`${side}_canonical_revision`]: workload?.canonicalRevision ?? 'latest',
  };
}

/**
 * Sidecars tell each other their labels `app` and `version`. Of ambient pods, and for whatever ztunnels and waypoints
 * report, istiod's workload discovery is asked, which knows canonical names alone: they stand for both.
 */
function names(
  side: 'source' | 'destination',
  { [side]: workload, reporter, proxy }: Report,
): LabelSet {
  const discovered =
    reporter === 'waypoint' ||
    !hasEnvoy(proxy) ||
    workload?.proxy === 'ztunnel';
  const [app, version] = discovered
    ? [workload?.canonicalService, workload?.canonicalRevision]
    : [workload?.app, workload?.version];
  return {
    [`${side}_app`]: app ?? 'unknown',
    [`${side}_version`]: version ?? 'unknown',
  };
}
