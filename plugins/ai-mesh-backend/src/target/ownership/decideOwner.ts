import type { OwnershipRule } from '@ai-mesh/plugin-ai-mesh-common';
import type { Claimant } from './Claimant';
import { marksOf, type Marks } from './marksOf';
import type { MeshThing } from './MeshThing';
import type { NamespaceOwner, OwnershipSettings } from './OwnershipSettings';

/** Whose something is, and what says so. */
export interface OwnerDecision {
  rule: OwnershipRule;
  /** In words: `label backstage.io/kubernetes-id of Service shop/cart`. */
  evidence: string;
  /** Entities that it names itself. */
  entities: readonly string[];
  /** Owners that it names: their entities that claim it are meant. */
  owners: readonly string[];
}

/**
 * The most trustworthy rule that says something decides alone: what the team at the cluster wrote on the object, then on
 * its namespace, then what the platform's configuration says of the namespace. What an entity says of itself is none of
 * them.
 *
 * @param exists - whether the catalog has an entity
 */
export function decideOwner(
  thing: MeshThing,
  { namespaces }: Pick<OwnershipSettings, 'namespaces'>,
  exists: (entityRef: string) => boolean,
): OwnerDecision | undefined {
  const { ref, kind } = thing;
  const marked = (
    rule: OwnershipRule,
    marks: Marks | undefined,
    where: string,
  ): OwnerDecision | undefined => {
    const byId = marks?.byId && exists(marks.byId) ? [marks.byId] : [];
    return marks && (marks.explicit || byId.length > 0)
      ? {
          rule,
          evidence: `${marks.evidence.join(', ')} of ${where}`,
          entities: [...marks.entities, ...byId],
          owners: marks.owners,
        }
      : undefined;
  };
  const mapped = namespaces.find(entry => isOf(entry, thing));
  return (
    marked(
      'service',
      marksOf(thing.metadata),
      `${kind} ${ref.namespace}/${ref.name}`,
    ) ??
    marked(
      'namespace',
      marksOf(thing.namespace),
      `Namespace ${ref.namespace}`,
    ) ??
    (mapped && {
      rule: 'namespace-map',
      evidence: `aiMesh.ownership.namespaces: ${mapped.namespace}`,
      entities: mapped.owners,
      owners: mapped.owners,
    })
  );
}

function isOf(
  { cluster, namespace }: NamespaceOwner,
  { ref }: MeshThing,
): boolean {
  return (
    (cluster ?? ref.cluster) === ref.cluster &&
    (namespace.endsWith('*')
      ? ref.namespace.startsWith(namespace.slice(0, -1))
      : ref.namespace === namespace)
  );
}

/** Whether the decision means this entity. */
export function isNamed(
  { entities, owners }: OwnerDecision,
  claimant: Pick<Claimant, 'entityRef' | 'owners'>,
): boolean {
  return (
    entities.includes(claimant.entityRef) ||
    claimant.owners.some(owner => owners.includes(owner))
  );
}

/** Whether the catalog read the entity where only trusted people write. */
export function isFromTrusted(
  { location }: Pick<Claimant, 'location'>,
  { trustedLocations }: Pick<OwnershipSettings, 'trustedLocations'>,
): boolean {
  return (
    location !== undefined &&
    trustedLocations.some(trusted =>
      trusted.endsWith('/')
        ? location.startsWith(trusted)
        : location === trusted,
    )
  );
}
