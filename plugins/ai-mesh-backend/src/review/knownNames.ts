import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { fullHost, hostSpecificity, serviceOfHost } from '../routes/hosts';
import { hostKeys, namingHost, perDomain } from '../routes/hostKeys';
import { serviceEntryFor } from '../routes/serviceEntries';
import { virtualServiceReach } from '../routes/virtualServiceReach';

/** Whether a policy's pattern, with a wildcard at an end, names any namespace that there is. */
export function isKnownNamespace(
  snapshot: MeshSnapshot,
  pattern: string,
): boolean {
  if (!pattern.includes('*')) {
    return snapshot.get('Namespace', '', pattern) !== undefined;
  }
  return snapshot
    .all('Namespace')
    .some(({ metadata: { name } }) =>
      pattern.startsWith('*')
        ? name.endsWith(pattern.slice(1))
        : name.startsWith(pattern.slice(0, -1)),
    );
}

const virtualHosts = perDomain(
  clusterDomain => (object: ConfigObject) =>
    hostKeys(virtualServiceReach(object, clusterDomain).hosts),
);

/** Whether a host of a policy, with or without a port, is a Service's, a ServiceEntry's or a VirtualService's. */
export function isKnownHost(
  snapshot: MeshSnapshot,
  written: string,
  namespace: string,
): boolean {
  const bare = written.replace(/:(\d+|\*)$/, '');
  if (bare.startsWith('*') || bare.endsWith('*')) {
    return true;
  }
  const { clusterDomain } = snapshot;
  const host = fullHost(bare, namespace, clusterDomain);
  // Callers may write as much of a name as resolves for them.
  const [name, home, ...more] = host.split('.');
  const service =
    serviceOfHost(host, clusterDomain) ??
    (home !== undefined && (more.length === 0 || more[0] === 'svc')
      ? { name, namespace: home }
      : undefined);
  return Boolean(
    (service && snapshot.get('Service', service.namespace, service.name)) ??
    serviceEntryFor(snapshot, host) ??
    namingHost(
      groupBy(snapshot.all('VirtualService'), virtualHosts(clusterDomain)),
      host,
    ).find(object =>
      virtualServiceReach(object, clusterDomain).hosts.some(
        pattern => pattern !== '*' && hostSpecificity(pattern, host) > 0,
      ),
    ),
  );
}
