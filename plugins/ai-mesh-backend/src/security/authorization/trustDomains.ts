import { meshConfig } from '../../kubernetes/meshConfig';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { findWorkload } from '../MeshWorkload';
import type { ObservedCaller } from '../observedCallers';
import type { TrustDomains } from './Enforcer';

/**
 * The trust domains of the mesh that a namespace belongs to: as configured, else as the principals that were seen say,
 * which does not tell of aliases.
 *
 * @param seen - principals of the mesh's own workloads, without `spiffe://`
 */
export function trustDomains(
  snapshot: MeshSnapshot,
  namespace: string,
  seen: readonly string[],
): TrustDomains {
  const config = meshConfig(snapshot, namespace);
  if (config) {
    return { own: config.trustDomain, aliases: config.trustDomainAliases };
  }
  const domains = new Set(seen.map(principal => principal.split('/')[0]));
  const [own] = domains;
  return { own: domains.size === 1 ? own : undefined, aliases: undefined };
}

/** The principals of those callers that the cluster holds under the very name and account: they are of its mesh. */
export function ownPrincipals(
  snapshot: MeshSnapshot,
  callers: readonly ObservedCaller[],
): string[] {
  return callers.flatMap(({ principal, namespace, workload }) => {
    if (principal === undefined || !namespace || !workload) {
      return [];
    }
    const { serviceAccount = 'default' } =
      findWorkload(snapshot, namespace, workload) ?? {};
    return principal.endsWith(`/ns/${namespace}/sa/${serviceAccount}`)
      ? [principal]
      : [];
  });
}
