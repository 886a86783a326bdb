const PREFIX = 'InferencePool:';

/**
 * What stands for an InferencePool where destinations have a host: no Service has such a name.
 *
 * @public
 */
export function poolHost(pool: { namespace: string; name: string }): string {
  return `${PREFIX}${pool.name}.${pool.namespace}`;
}

/**
 * The InferencePool that a destination's host stands for; undefined where it is a host name.
 *
 * @public
 */
export function poolOfHost(
  host: string,
): { namespace: string; name: string } | undefined {
  // A pool's name may have dots, and a namespace's has none.
  const dot = host.lastIndexOf('.');
  return host.startsWith(PREFIX) && dot > PREFIX.length
    ? { name: host.slice(PREFIX.length, dot), namespace: host.slice(dot + 1) }
    : undefined;
}
