import type { ServiceOwnership } from '@ai-mesh/plugin-ai-mesh-common';
import type { Ownership } from './Ownership';

/**
 * Whose a Service is, for somebody who looks at it as one entity's. Entities that the reader may not see are counted,
 * not named.
 */
export function ownershipFor(
  { ref, rule, evidence, owners, claims }: Ownership,
  entityRef: string,
  seen: ReadonlySet<string>,
  withheld: boolean,
): ServiceOwnership {
  const others = (refs: readonly string[]) =>
    refs.filter(one => one !== entityRef);
  const hidden = new Set(
    others([...owners, ...claims]).filter(one => !seen.has(one)),
  );
  return {
    service: ref,
    proven: owners.includes(entityRef),
    ...(rule && { rule, evidence }),
    owners: others(owners).filter(one => seen.has(one)),
    claims: others(claims).filter(
      one => seen.has(one) && !owners.includes(one),
    ),
    hidden: hidden.size,
    withheld,
  };
}

/** Why a Service is left out, in one sentence. */
export function whyWithheld({
  service: { namespace, name },
  owners,
  rule,
  evidence,
  hidden,
}: ServiceOwnership): string {
  const service = `Service ${namespace}/${name} is not shown`;
  if (rule === undefined) {
    return `${service}: nothing proves that it belongs to this entity.`;
  }
  if (owners.length > 0) {
    return `${service}: it belongs to ${owners.join(', ')} (${evidence}), and to see it takes the permission ai-mesh.read on that.`;
  }
  return hidden > 0
    ? `${service}: it belongs to an entity that you may not see (${evidence}).`
    : `${service}: it is not this entity's (${evidence}).`;
}
