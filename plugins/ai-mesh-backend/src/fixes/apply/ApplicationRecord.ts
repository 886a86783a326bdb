import type {
  FixApplication,
  JsonPatchOperation,
  Words,
} from '@ai-mesh/plugin-ai-mesh-common';

export type Spec = Record<string, unknown>;

/** A fix that is to be written into a cluster, as it is stored. */
export interface ApplicationRecord extends Pick<
  FixApplication,
  | 'id'
  | 'version'
  | 'state'
  | 'finding'
  | 'code'
  | 'service'
  | 'object'
  | 'before'
  | 'after'
  | 'requestedBy'
  | 'requestedAt'
  | 'reason'
  | 'decidedBy'
  | 'decidedAt'
  | 'decision'
> {
  entityRef: string;
  /** What is written, of the spec alone. */
  operations: JsonPatchOperation[];
  /** The spec as it was when it was asked for. */
  specBefore: Spec;
  /** The spec with the fix, as the cluster made it: by a dry run, and once it is written by that. */
  specAfter: Spec;
  /** A write was begun: whether it arrived, the cluster alone can say. */
  begun: boolean;
  /** Why it failed, was not undone, or is tried again. */
  words?: Words[];
}

/** While it is so, no other fix of the same object is taken. */
export function isOpen({ state }: Pick<ApplicationRecord, 'state'>): boolean {
  return state === 'requested' || state === 'approved' || state === 'undoing';
}
