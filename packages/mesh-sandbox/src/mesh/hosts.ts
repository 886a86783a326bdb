const SUFFIX = '.svc.cluster.local';

/** The full name of a Kubernetes Service. */
export function serviceHost(name: string, namespace: string): string {
  return `${name}.${namespace}${SUFFIX}`;
}

/**
 * A host of a VirtualService or DestinationRule as a full name. Istio completes only names without a dot, and with
 * the namespace of the object that holds them, not of the caller.
 */
export function qualifyHost(host: string, namespace: string): string {
  return host.includes('.') || host === '*'
    ? host
    : serviceHost(host, namespace);
}

/** Whether a host, possibly a wildcard such as `*.ai-services.svc.cluster.local`, covers a full name. */
export function hostCovers(pattern: string, host: string): boolean {
  if (pattern === '*') {
    return true;
  }
  return pattern.startsWith('*')
    ? host.endsWith(pattern.slice(1))
    : pattern === host;
}

/** Names that an application's DNS search list would try, in order. */
export function dnsCandidates(host: string, namespace: string): string[] {
  return [
    `${host}.${namespace}${SUFFIX}`,
    `${host}${SUFFIX}`,
    `${host}.cluster.local`,
    host,
  ];
}

/** Whether an object is visible from a namespace. */
export function exportedTo(
  exportTo: string[] | undefined,
  owner: string,
  client: string,
): boolean {
  return (
    !exportTo?.length ||
    exportTo.some(
      to => to === '*' || to === client || (to === '.' && owner === client),
    )
  );
}
