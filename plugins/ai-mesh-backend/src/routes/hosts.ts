/**
 * The full name of a host as Istio resolves it: a name without a dot is a Service of the object's namespace, everything
 * else (an address, a name with dots, a wildcard) is taken as it is.
 */
export function fullHost(
  host: string,
  namespace: string,
  clusterDomain: string,
): string {
  const name = host.toLowerCase();
  return name === '*' || name.includes('.') || name.includes(':') || name === ''
    ? name
    : serviceHost({ namespace, name }, clusterDomain);
}

/** The full host name of a Service: `chat.ai.svc.cluster.local`. */
export function serviceHost(
  service: { namespace: string; name: string },
  clusterDomain: string,
): string {
  return `${service.name}.${service.namespace}.svc.${clusterDomain}`;
}

/** The Service that a full host name names by its form, whether it exists or not. */
export function serviceOfHost(
  host: string,
  clusterDomain: string,
): { namespace: string; name: string } | undefined {
  const suffix = `.svc.${clusterDomain}`;
  if (!host.endsWith(suffix)) {
    return undefined;
  }
  const [name, namespace, ...more] = host.slice(0, -suffix.length).split('.');
  return name && name !== '*' && namespace && more.length === 0
    ? { namespace, name }
    : undefined;
}

/**
 * How closely a full host name or wildcard names a host: 0 where it does not, infinity for the name itself, else the
 * wildcard's length. Istio lets the closest one win.
 */
export function hostSpecificity(pattern: string, host: string): number {
  if (pattern === host) {
    return Infinity;
  }
  return pattern.startsWith('*') && host.endsWith(pattern.slice(1))
    ? pattern.length
    : 0;
}
