import { MARK_ENTITY, MARK_OWNER } from '@ai-mesh/plugin-ai-mesh-common';
import { NotAllowedError } from '@backstage/errors';
import type { Ownership } from './Ownership';

/** Whether it is proven that something is an entity's. */
export function isProven({ owners }: Ownership, entityRef: string): boolean {
  return owners.includes(entityRef);
}

/** What proves nothing, and how to prove it: for whoever wants to change something. */
export function whyNotProven(
  { ref: { namespace, name }, owners, rule, evidence }: Ownership,
  entityRef: string,
): string {
  const state =
    rule === undefined
      ? 'nothing on the cluster or in the configuration says whose it is'
      : `by the ${evidence} it is ${owners.length > 0 ? "another entity's" : "somebody else's"}`;
  return `It is not proven that Service ${namespace}/${name} belongs to ${entityRef}: ${state}. What an entity says of itself is enough to look at a Service, not to change it. Whoever runs the Service can annotate it, or its namespace, with ${MARK_ENTITY}: ${entityRef} or with ${MARK_OWNER} and the owner of the entity; docs/ownership.md names the other ways.`;
}

/** @throws NotAllowedError where it is not proven to be the entity's */
export function requireProof(ownership: Ownership, entityRef: string): void {
  if (!isProven(ownership, entityRef)) {
    throw new NotAllowedError(whyNotProven(ownership, entityRef));
  }
}
