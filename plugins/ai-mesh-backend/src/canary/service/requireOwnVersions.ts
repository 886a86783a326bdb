import { poolOfHost, type ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import { findPool, serviceOfPool } from '../../kubernetes/inferencePools';
import { isPartOf } from '../../kubernetes/isPartOf';
import type { ServiceObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { serviceObject } from '../../kubernetes/serviceObject';
import { serviceOfHost } from '../../routes/hosts';
import { requireProof, type Ownership } from '../../target/ownership';
import type { Target } from '../../target/Target';
import type { PreflightSubject } from '../preflight';

/**
 * Traffic is moved between what provably is the entity's, and to nothing else. A version of a Service is often a Service
 * of its own, which no entity claims, and that of an InferencePool Istio keeps: it is the entity's where the same owner is
 * named for it, or where nothing but the Service's own workloads is behind it.
 *
 * @throws NotAllowedError that says what is not proven
 */
export async function requireOwnVersions(
  { service, stable, canary }: PreflightSubject,
  target: Target,
  ownershipsOf: (services: readonly ServiceRef[]) => Promise<Ownership[]>,
): Promise<void> {
  const { snapshot } = target.clusters.find(
    ({ cluster }) => cluster.name === service.cluster,
  )!;
  const versions = [stable, canary].flatMap(({ host }) =>
    servicesBehind(snapshot, host),
  );
  const [own, ...others] = await ownershipsOf([
    service,
    ...versions.map(({ metadata: { namespace = '', name } }) => ({
      cluster: service.cluster,
      namespace,
      name,
    })),
  ]);
  requireProof(own, target.entityRef);
  for (const [index, other] of others.entries()) {
    const isOwners = other.byOwners.some(ref => target.owners.includes(ref));
    const isPart =
      other.rule === undefined && isPartOf(snapshot, versions[index], service);
    if (!isOwners && !isPart) {
      requireProof(other, target.entityRef);
    }
  }
}

function servicesBehind(snapshot: MeshSnapshot, host: string): ServiceObject[] {
  const pool = poolOfHost(host);
  const found = pool && findPool(snapshot, pool);
  if (found?.status === 'known') {
    return [serviceOfPool(snapshot, found.value)];
  }
  const named = serviceOfHost(host, snapshot.clusterDomain);
  return named ? [serviceObject(snapshot, named)] : [];
}
