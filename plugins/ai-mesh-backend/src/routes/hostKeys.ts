/** The key of everything that names hosts by a wildcard, and has to be looked at for every host. */
const WILDCARD = '*';

/** Keys to group objects by the full host names that they name. */
export function hostKeys(hosts: readonly string[]): string[] {
  return [
    ...new Set(hosts.map(host => (host.startsWith('*') ? WILDCARD : host))),
  ];
}

/** Of objects grouped by {@link hostKeys} those that may name the host. */
export function namingHost<T>(
  groups: ReadonlyMap<string, readonly T[]>,
  host: string,
): T[] {
  return [
    ...new Set([...(groups.get(host) ?? []), ...(groups.get(WILDCARD) ?? [])]),
  ];
}

/** Makes something for each cluster domain once, so that what is grouped by it can be kept. */
export function perDomain<T>(
  make: (clusterDomain: string) => T,
): (clusterDomain: string) => T {
  const made = new Map<string, T>();
  return clusterDomain => {
    const present = made.get(clusterDomain);
    if (present !== undefined) {
      return present;
    }
    const fresh = make(clusterDomain);
    made.set(clusterDomain, fresh);
    return fresh;
  };
}
