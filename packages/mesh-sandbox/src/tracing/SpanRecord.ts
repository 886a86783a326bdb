import { MeshModel } from '../mesh';
import { failed, RequestReport, SpanContext } from '../traffic';

/** What a proxy reported of one request, kept small. */
export interface SpanRecord extends SpanContext {
  /** As Istio names it: `<app>.<namespace>`. */
  service: string;
  operation: string;
  kind: 'client' | 'server';
  /** Simulated milliseconds since the sandbox began. */
  startedAtMs: number;
  durationMs: number;
  failed: boolean;
  status: number;
  grpcStatus?: number;
  flags: string;
  retries: number;
  method: string;
  url: string;
  requestBytes: number;
  responseBytes: number;
  canonicalRevision: string;
  /** As metrics name it. */
  cluster: string;
  namespace: string;
  workload: string;
  /** As Telemetry's `customTags` define them. */
  custom: readonly [name: string, value: string][];
}

/** @returns undefined where the request was not traced */
export function spanRecord(
  report: RequestReport,
  model: MeshModel,
  nowMs: number,
): SpanRecord | undefined {
  const { reporter, service, traced, durationMs } = report;
  const workload = report.proxy;
  if (!traced?.request.span) {
    return undefined;
  }
  const { request, retries } = traced;
  const port =
    service.ports.find(({ protocol }) => protocol === report.protocol) ??
    service.ports[0];
  const authority = `${service.host}:${port?.number ?? 80}`;
  return {
    ...traced.request.span,
    service: `${workload.canonicalService}.${workload.namespace}`,
    operation: `${authority}/*`,
    kind: reporter === 'source' ? 'client' : 'server',
    startedAtMs: nowMs - durationMs,
    durationMs,
    failed: failed(report) && report.status !== 429,
    status: report.status,
    grpcStatus: report.grpcStatus,
    flags: report.flags,
    retries,
    method: request.method,
    url: `http://${authority}${request.path}`,
    requestBytes: report.requestBytes,
    responseBytes: report.responseBytes,
    canonicalRevision: workload.canonicalRevision,
    cluster: workload.cluster,
    namespace: workload.namespace,
    workload: workload.name,
    custom: (model.tracing.of(workload)?.tags ?? []).flatMap(
      ({ name, header, value }) => {
        const found = (header && request.headers[header]) ?? value;
        return found === undefined ? [] : [[name, found] as [string, string]];
      },
    ),
  };
}
