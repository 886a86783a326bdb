/** Attributes that name the model of a call: a mesh's custom tag, OpenTelemetry's convention. */
export const MODEL_ATTRIBUTES = ['ai.model', 'gen_ai.request.model'] as const;

/** Of a span or of what reports it; OpenTelemetry's own limit is 128. */
export const MOST_ATTRIBUTES = 10_000;

export const SERVICE_NAME = 'service.name';
export const K8S_NAMESPACE = 'k8s.namespace.name';

/** What OpenTelemetry says of whatever a workload reports. */
export function workloadTags({
  kind,
  namespace,
  name,
}: {
  kind: string;
  namespace: string;
  name: string;
}): Record<string, string> {
  return { [K8S_NAMESPACE]: namespace, [workloadAttribute(kind)]: name };
}

/**
 * The resource attribute that names a workload of a kind. What owns a ReplicaSet that is no Deployment's is reported as a
 * Deployment: OpenTelemetry takes the name from the ReplicaSet's.
 */
export function workloadAttribute(kind: string): string {
  const own = ['StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
  return `k8s.${own.includes(kind) ? kind.toLowerCase() : 'deployment'}.name`;
}
