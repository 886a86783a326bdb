import {
  wording,
  type OwnershipRule,
  type ServiceRef,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { redact } from '../redact';
import type { Claimant } from './Claimant';
import {
  decideOwner,
  isFromTrusted,
  isNamed,
  type OwnerDecision,
} from './decideOwner';
import type { MeshThing } from './MeshThing';
import type { OwnershipSettings } from './OwnershipSettings';

/** Whose a Service or a workload is, and who says to own it. */
export interface Ownership {
  ref: ServiceRef;
  /** Absent: nothing says whose it is. */
  rule?: OwnershipRule;
  /** What says so. */
  evidence?: Words;
  /** Entities that provably own it. */
  owners: readonly string[];
  /** Owners of entities that the rule names: their entities own it, if they claim it. */
  byOwners: readonly string[];
  /** Entities whose annotations lead to it, by name. */
  claims: readonly string[];
  /** There may be a mark that cannot be seen at present. */
  unseen: boolean;
  /** Kinds that cannot be seen at present, and whose marks would go before the rule: it is no proof for a change. */
  hiddenBehind?: readonly string[];
}

/** What is known of the catalog. */
export interface KnownEntities {
  exists(entityRef: string): boolean;
  /** The entities whose annotations lead to it. */
  claiming(thing: MeshThing): readonly Claimant[];
}

/** Whose something is, by the rules, among the entities of the catalog. */
export function judgeOwnership(
  thing: MeshThing,
  catalog: KnownEntities,
  settings: OwnershipSettings,
): Ownership {
  const claiming = catalog.claiming(thing);
  const decision = decideOwner(thing, settings, catalog.exists);
  const judged = {
    ref: thing.ref,
    claims: claiming.map(({ entityRef }) => entityRef).sort(),
    unseen: thing.unseen.length > 0 && decision === undefined,
  };
  if (decision) {
    return {
      ...judged,
      rule: decision.rule,
      evidence: decision.evidence,
      hiddenBehind: decision.hiddenBehind,
      byOwners: decision.owners,
      owners: ownersBy(decision, claiming, catalog),
    };
  }
  const trusted = claiming.filter(one => isFromTrusted(one, settings));
  return {
    ...judged,
    ...(trusted.length > 0 && {
      rule: 'location' as const,
      evidence: toldLocation(trusted[0].location!),
      hiddenBehind: thing.unseen,
    }),
    owners: trusted.map(({ entityRef }) => entityRef).sort(),
    byOwners: [],
  };
}

function ownersBy(
  decision: OwnerDecision,
  claiming: readonly Claimant[],
  { exists }: KnownEntities,
): string[] {
  return [
    ...new Set([
      ...decision.entities.filter(exists),
      ...claiming
        .filter(claimant => isNamed(decision, claimant))
        .map(({ entityRef }) => entityRef),
    ]),
  ].sort();
}

/** Where the catalog read an entity: nothing of where things lie on the portal's disk, and no credential. */
function toldLocation(location: string): Words {
  return location.startsWith('file:')
    ? wording('evidence.location', {}, { location: 'evidence.file' })
    : wording('evidence.location', { location: redact(location) });
}

/** Whether more than its owners say to own it. */
export function isContested({ owners, claims }: Ownership): boolean {
  const all = new Set([...owners, ...claims]);
  return all.size > 1 && all.size > owners.length;
}
