import {
  wording,
  type OwnershipRule,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { wordingWith } from '../../worded';
import type { Claimant } from './Claimant';
import { marksOf, type Marks } from './marksOf';
import type { MeshThing } from './MeshThing';
import type { NamespaceOwner, OwnershipSettings } from './OwnershipSettings';

/** Whose something is, and what says so. */
export interface OwnerDecision {
  rule: OwnershipRule;
  /** `label backstage.io/kubernetes-id of Service shop/cart` */
  evidence: Words;
  /** Entities that it names itself. */
  entities: readonly string[];
  /** Owners that it names: their entities that claim it are meant. */
  owners: readonly string[];
  /** Kinds that cannot be seen, and whose marks would go before what decided. */
  hiddenBehind: readonly string[];
}

/**
 * The most trustworthy rule that says something decides alone: what the team at the cluster wrote on the object on
 * purpose, then on its namespace, then what the platform's configuration says of the namespace, then a
 * `backstage.io/kubernetes-id` that names an entity, of the object and of its namespace. What an entity says of itself
 * is none of them.
 *
 * @param exists - whether the catalog has an entity
 */
export function decideOwner(
  thing: MeshThing,
  { namespaces }: Pick<OwnershipSettings, 'namespaces'>,
  exists: (entityRef: string) => boolean,
): OwnerDecision | undefined {
  const { ref, kind } = thing;
  const own = marksOf(thing.metadata);
  const ofNamespace = marksOf(thing.namespace);
  const onObject = (marks: Marks) => ({
    rule: 'service' as const,
    evidence: marksOn(marks, `${kind} ${ref.namespace}/${ref.name}`),
  });
  const onNamespace = (marks: Marks) => ({
    rule: 'namespace' as const,
    evidence: marksOn(marks, `Namespace ${ref.namespace}`),
  });
  const explicit = (marks: Marks | undefined) =>
    marks?.explicit && { entities: marks.entities, owners: marks.owners };
  const byId = ({ byId: id }: Partial<Marks> = {}) =>
    id !== undefined &&
    exists(id) && { entities: [id], owners: [], hiddenBehind: thing.unseen };

  const byObject = explicit(own);
  if (own && byObject) {
    return { ...onObject(own), ...byObject, hiddenBehind: [] };
  }
  const byNamespace = explicit(ofNamespace);
  if (ofNamespace && byNamespace) {
    return {
      ...onNamespace(ofNamespace),
      ...byNamespace,
      hiddenBehind: thing.unseen.filter(unseen => unseen === kind),
    };
  }
  const mapped = namespaces.find(entry => isOf(entry, thing));
  if (mapped) {
    return {
      rule: 'namespace-map',
      evidence: wording('evidence.namespaces', {
        namespace: mapped.namespace,
      }),
      entities: mapped.owners,
      owners: mapped.owners,
      hiddenBehind: thing.unseen,
    };
  }
  const byObjectId = byId(own);
  if (own && byObjectId) {
    return { ...onObject(own), ...byObjectId };
  }
  const byNamespaceId = byId(ofNamespace);
  return ofNamespace && byNamespaceId
    ? { ...onNamespace(ofNamespace), ...byNamespaceId }
    : undefined;
}

function marksOn({ evidence: [first, second] }: Marks, object: string): Words {
  return second
    ? wordingWith('evidence.two', { first, second, object })
    : wordingWith('evidence.one', { first, object });
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

/** A segment `.` or `..`, written plainly or percent-encoded: such a location leads elsewhere than it reads. */
const DOTS = /(^|[/\\:?&=]|%2f|%5c)(\.|%2e){1,2}($|[/\\?&#]|%2f|%5c)/i;

/** Whether the catalog read the entity where only trusted people write. */
export function isFromTrusted(
  { location }: Pick<Claimant, 'location'>,
  { trustedLocations }: Pick<OwnershipSettings, 'trustedLocations'>,
): boolean {
  return (
    location !== undefined &&
    !hasDots(location) &&
    trustedLocations.some(trusted =>
      trusted.endsWith('/')
        ? location.startsWith(trusted)
        : location === trusted,
    )
  );
}

function hasDots(location: string): boolean {
  // A percent sign may be encoded itself, once or more often.
  return DOTS.test(location.replace(/%(25)+/gi, '%'));
}
