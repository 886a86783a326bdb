import { K8S_NAMESPACE, workloadAttribute } from './attributes';
import type { FoundSpan, FoundTrace, TracedService } from './TracingClient';

/** Whether a span is a service's: by the name that it was reported under, or by the workload that reported it. */
export function isOfService({
  names,
  workloads,
}: TracedService): (span: FoundSpan) => boolean {
  const own = new Set(names);
  return ({ service, resource }) =>
    own.has(service) ||
    workloads.some(
      ({ kind, namespace, name }) =>
        resource[K8S_NAMESPACE] === namespace &&
        resource[workloadAttribute(kind)] === name,
    );
}

/** The names under which spans of a service were reported. */
export function namesOf(
  service: TracedService,
  traces: readonly FoundTrace[],
): string[] {
  const isOwn = isOfService(service);
  const names = new Set<string>();
  for (const { spans } of traces) {
    for (const span of spans) {
      if (isOwn(span)) {
        names.add(span.service);
      }
    }
  }
  return [...names].sort();
}
