import {
  inEnglish,
  type JsonPatchOperation,
  type ObjectRef,
  type Sentences,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { CustomErrorBase } from '@backstage/errors';
import type { ConfigObject } from './kinds';

/**
 * Why an object could not be read or changed.
 *
 * - `not-found`: it is gone
 * - `conflict`: it has changed since the patch was made
 * - `forbidden`: the credentials may not; the message names the verb and the resource
 * - `refused`: the cluster (or the portal's configuration) will not have it, and will not have it the next time either
 * - `unreachable`: no answer, or one that says nothing about the change: it may have happened
 */
export type EditFailure =
  'not-found' | 'conflict' | 'forbidden' | 'refused' | 'unreachable';

/** An object could not be read or changed. The message is for a person and holds no credential. */
export class EditError extends CustomErrorBase {
  readonly words: Words[];

  constructor(
    readonly failure: EditFailure,
    ...words: Words[]
  ) {
    super(inEnglish(words));
    this.words = words;
  }

  /** For a person. */
  get sentences(): Sentences {
    return { message: this.message, words: this.words };
  }
}

export interface PatchOptions {
  dryRun?: boolean;
  /** Changes the object's replicas and nothing else, which takes a right of its own; the patch is of a `Scale`. */
  subresource?: 'scale';
  signal?: AbortSignal;
}

/** Reads and changes single objects of one cluster, as they are now: past every cache. */
export interface ObjectEditor {
  /** The portal's configuration lets it change nothing here. */
  readonly readOnly?: boolean;
  /** @throws EditError */
  get(ref: ObjectRef, signal?: AbortSignal): Promise<ConfigObject>;
  /**
   * @returns the object after the patch
   * @throws EditError
   */
  patch(
    ref: ObjectRef,
    patch: readonly JsonPatchOperation[],
    options?: PatchOptions,
  ): Promise<ConfigObject>;
  /**
   * Owns no field of the object any more, where others do: a server-side apply of theirs then meets no conflict with what
   * the portal wrote. Nothing else of the object changes.
   *
   * @throws EditError
   */
  giveUpFields(ref: ObjectRef, signal?: AbortSignal): Promise<void>;
  /**
   * Whether the credentials may patch the object, by the cluster's own word.
   *
   * @throws EditError
   */
  mayPatch(ref: ObjectRef, signal?: AbortSignal): Promise<MayPatch>;
}

/** What the cluster says of a right, in words for people. */
export interface MayPatch {
  allowed: boolean;
  message: string;
  words: Words[];
}
