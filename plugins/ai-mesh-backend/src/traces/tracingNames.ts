import { appLabels } from '../kubernetes/appLabels';
import { podsOfService } from '../kubernetes/podsOfService';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';

/**
 * What a service may be called in traces. Istio's proxies report as `<app>.<namespace>`, or as the canonical name with or
 * without the namespace; an application that traces by itself mostly as its own name.
 */
export function tracingNames(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): string[] {
  const service = snapshot.get('Service', namespace, name);
  const pods = service ? podsOfService(snapshot, service) : [];
  const apps = pods.flatMap(({ metadata }) =>
    appLabels.flatMap(label => metadata.labels?.[label] ?? []),
  );
  const bases = [...new Set([...apps, name])];
  return [
    ...bases.map(base => `${base}.${namespace}`),
    ...bases,
    `${name}.${namespace}.svc.cluster.local`,
  ];
}
