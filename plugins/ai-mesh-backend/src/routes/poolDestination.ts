import type { PoolName } from '../kubernetes/inferencePools';

/** The InferencePool that a destination of a route is; undefined where it is something else. */
export function poolOfDestination({
  host,
  kind,
}: {
  host: string;
  kind?: string;
}): PoolName | undefined {
  // A pool's name may have dots, and a namespace's has none.
  const dot = host.lastIndexOf('.');
  return kind === 'InferencePool' && dot > 0
    ? { name: host.slice(0, dot), namespace: host.slice(dot + 1) }
    : undefined;
}
