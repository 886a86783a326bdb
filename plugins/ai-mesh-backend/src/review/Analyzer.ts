import {
  said,
  wording,
  type FindingCode,
  type FindingEvidence,
  type FindingMessageKey,
  type JsonPatchOperation,
  type UnknownReason,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  ConfigObject,
  KubernetesObject,
  MeshKind,
} from '../kubernetes/kinds';
import type { ReviewSubject } from './ReviewSubject';

/** What stands in a finding's sentence: a name, a figure, or words that each language has of its own. */
export type Param = string | number | Words | readonly Words[];

/** What an analyzer found, before it is put into words. */
export interface Draft {
  readonly key: FindingMessageKey;
  readonly object: KubernetesObject;
  /** The place in the object; empty for the object as a whole. */
  readonly path: string;
  /** What tells it from another finding of the same kind and place. */
  readonly about?: string;
  readonly params: Readonly<Record<string, Param>>;
  readonly related?: readonly KubernetesObject[];
  readonly evidence?: readonly FindingEvidence[];
  readonly fix?: Fix;
  /** Their codes, where they differ by the object's kind; else all those of the message. */
  readonly theirs?: readonly string[];
}

/** A change that takes the finding away: of the object as it is, a new object, or the same one applied anew. */
export type Fix =
  | {
      readonly object: KubernetesObject;
      readonly operations: readonly JsonPatchOperation[];
    }
  | { readonly create: ConfigObject }
  | { readonly apply: ConfigObject; readonly writtenIn: string };

/** A code that could not be judged. */
export interface Gap {
  readonly gap: FindingCode;
  readonly reason: UnknownReason;
  readonly message: string;
  readonly words?: Words[];
}

/** One check of the review. Pure: what it says depends on the subject alone. */
export interface Analyzer {
  readonly codes: readonly FindingCode[];
  /** Kinds without which nothing can be said: where one cannot be read, the analyzer does not run. */
  readonly needs: readonly MeshKind[];
  /** What is found is the object's own, and the same from whichever service it is looked at: said once for all of them. */
  readonly ofObject?: boolean;
  analyze(subject: ReviewSubject): Iterable<Draft | Gap>;
}

/** The kinds that route requests. */
export const ROUTE_KINDS: readonly MeshKind[] = [
  'VirtualService',
  'HTTPRoute',
  'GRPCRoute',
];

/** Says that a code could not be judged, and why. */
export function gap(
  code: FindingCode,
  unknown: { reason: UnknownReason; message?: string; words?: Words[] },
): Gap {
  return {
    gap: code,
    reason: unknown.reason,
    ...(unknown.message === undefined
      ? said(
          wording(
            'review.unknown',
            {},
            { reason: `unknown.${unknown.reason}` },
          ),
        )
      : {
          message: unknown.message,
          ...(unknown.words && { words: unknown.words }),
        }),
  };
}

/** What metrics showed. */
export function seen(...words: Words[]): FindingEvidence {
  return { from: 'metrics', ...said(...words) };
}
