import type { ServiceSecurity } from '@ai-mesh/plugin-ai-mesh-common';

type Workload =
  ServiceSecurity['certificates']['workloads'][number]['workload'];

/** What a link names a workload's certificate by. */
export function workloadRow(
  cluster: string,
  { namespace, kind, name }: Workload,
): string {
  return `${cluster} ${namespace} ${kind} ${name}`;
}

/** What a link names a cluster's root certificate by. */
export function rootRow(cluster: string): string {
  return `${cluster} root`;
}

export function certificateRows({
  service: { cluster },
  certificates,
}: ServiceSecurity): string[] {
  return [
    ...certificates.workloads.map(({ workload }) =>
      workloadRow(cluster, workload),
    ),
    rootRow(cluster),
  ];
}
