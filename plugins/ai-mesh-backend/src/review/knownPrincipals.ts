import { groupBy } from '../kubernetes/groupBy';
import type { PodObject, WorkloadObject } from '../kubernetes/kinds';
import { meshConfig } from '../kubernetes/meshConfig';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';

const DEFAULT_ACCOUNT = 'default';

/** Istio's word for the trust domain that a policy's own mesh has, whatever that is. */
const OWN = 'cluster.local';

/**
 * Whether any workload, running or not, has an identity that a policy's pattern names.
 *
 * @param domains - trust domains that the cluster's identities have, aliases too; undefined: not known, and left open
 */
export function isKnownPrincipal(
  snapshot: MeshSnapshot,
  pattern: string,
  domains?: readonly string[],
): boolean {
  const domain = trustDomainOf(pattern);
  if (domain !== undefined && domains && !domains.includes(domain)) {
    return false;
  }
  const accounts = [
    groupBy(snapshot.all('Pod'), accountOfPod),
    ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const).map(kind =>
      groupBy(snapshot.all(kind), accountOfWorkload),
    ),
  ];
  const path = pattern.replace(/^spiffe:\/\//, '');
  if (!path.startsWith('*') && !path.endsWith('*')) {
    const rest = path.slice(path.indexOf('/') + 1);
    return accounts.some(groups => groups.has(rest));
  }
  return accounts.some(groups =>
    [...groups.keys()].some(account => matches(path, account)),
  );
}

/** The trust domains of a cluster's identities by its mesh's configuration; undefined where that cannot be read. */
export function trustDomainsOf(
  snapshot: MeshSnapshot,
  namespace: string,
): string[] | undefined {
  const config = meshConfig(snapshot, namespace);
  return config && [config.trustDomain, ...config.trustDomainAliases];
}

/** A principal as a policy of a mesh means it: `cluster.local` stands for the mesh's own trust domain. */
export function withOwnDomain(
  principal: string,
  domains: readonly string[] | undefined,
): string {
  return domains && trustDomainOf(principal) === OWN
    ? domains[0] + principal.slice(principal.indexOf('/ns/'))
    : principal;
}

/** What stands before `/ns/`; undefined where a wildcard leaves it open. */
export function trustDomainOf(principal: string): string | undefined {
  const at = principal.indexOf('/ns/');
  return at > 0 && !principal.includes('*')
    ? principal.slice(0, at).replace(/^spiffe:\/\//, '')
    : undefined;
}

function matches(pattern: string, account: string): boolean {
  if (pattern === '*') {
    return true;
  }
  if (pattern.startsWith('*')) {
    // The wildcard may stand for the trust domain, or for a part of what follows it.
    return `/${account}`.endsWith(pattern.slice(1));
  }
  const slash = pattern.indexOf('/');
  return slash < 0 || account.startsWith(pattern.slice(slash + 1, -1));
}

function accountOf(namespace = '', account = DEFAULT_ACCOUNT): string[] {
  return [`ns/${namespace}/sa/${account}`];
}

function accountOfPod({ metadata, spec }: PodObject): string[] {
  return accountOf(metadata.namespace, spec?.serviceAccountName);
}

function accountOfWorkload({ metadata, spec }: WorkloadObject): string[] {
  return accountOf(
    metadata.namespace,
    spec?.template?.spec?.serviceAccountName,
  );
}
