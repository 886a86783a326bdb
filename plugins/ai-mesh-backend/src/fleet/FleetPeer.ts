/** An end of a call. */
export interface FleetPeer {
  kind: 'service' | 'workload' | 'external' | 'unknown';
  cluster: string;
  namespace?: string;
  name: string;
}

/** The same of a Service and of whatever calls it by its name. */
export function keyOf({
  cluster,
  namespace,
  name,
}: Omit<FleetPeer, 'kind'>): string {
  return `${cluster}/${namespace}/${name}`;
}
