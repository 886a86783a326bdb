import {
  MARK_ENTITY,
  MARK_OWNER,
  wording,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { NotAllowedError } from '@backstage/errors';
import { worded, wordingWith } from '../../worded';
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
): Words {
  const about = { service: `${namespace}/${name}`, entity: entityRef };
  const by = evidence && { evidence };
  if (by && owners.length > 0 && hiddenBehind.length > 0) {
    const whose = owners.includes(entityRef) ? 'whose.its' : 'whose.another';
    const [kind, otherKind] = hiddenBehind;
    return wordingWith('proof.hidden', {
      ...by,
      whose: wording(whose),
      kinds:
        otherKind === undefined
          ? wording('kinds.one', { kind })
          : wording('kinds.two', { kind, otherKind }),
      ...about,
    });
  }
  const whose = owners.length > 0 ? 'whose.another' : 'whose.somebody';
  const state =
    rule === undefined || !by
      ? wording('proof.nothing')
      : wordingWith('proof.others', { ...by, whose: wording(whose) });
  return wordingWith('proof.none', {
    state,
    ...about,
    mark: MARK_ENTITY,
    ownerMark: MARK_OWNER,
  });
}

/** @throws NotAllowedError where it is not proven to be the entity's */
export function requireProof(ownership: Ownership, entityRef: string): void {
  if (!isProven(ownership, entityRef)) {
    throw worded(NotAllowedError, whyNotProven(ownership, entityRef));
  }
}
