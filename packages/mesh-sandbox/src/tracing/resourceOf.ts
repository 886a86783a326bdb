import { SpanRecord } from './SpanRecord';

/** What is known of who sent a span: its own name by Istio, and what collectors on Kubernetes add. */
export function resourceOf(span: SpanRecord): [string, string][] {
  return [
    ['service.name', span.service],
    ['k8s.cluster.name', span.cluster],
    ['k8s.namespace.name', span.namespace],
    ['k8s.deployment.name', span.workload],
  ];
}
