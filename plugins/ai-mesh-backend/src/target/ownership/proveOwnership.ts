import { MARK_ENTITY, MARK_OWNER } from '@ai-mesh/plugin-ai-mesh-common';
import { NotAllowedError } from '@backstage/errors';
import type { Ownership } from './Ownership';

/** Whether it is proven that something is an entity's, and no mark that cannot be seen may say otherwise. */
export function isProven(
  { owners, hiddenBehind = [] }: Ownership,
  entityRef: string,
): boolean {
  return owners.includes(entityRef) && hiddenBehind.length === 0;
}

/** What proves nothing, and how to prove it: for whoever wants to change something. */
export function whyNotProven(
  {
    ref: { namespace, name },
    owners,
    rule,
    evidence,
    hiddenBehind = [],
  }: Ownership,
  entityRef: string,
): string {
  if (owners.length > 0 && hiddenBehind.length > 0) {
    return `It is not proven that Service ${namespace}/${name} belongs to ${entityRef}: by the ${evidence} it is ${owners.includes(entityRef) ? 'its' : "another entity's"}, but what is marked on objects of kind ${hiddenBehind.join(' and ')} goes before that, and AI Mesh cannot see them at present. Nothing is changed until it can.`;
  }
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
