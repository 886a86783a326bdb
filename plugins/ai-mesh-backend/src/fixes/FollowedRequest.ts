import type {
  FindingCode,
  FixRequestKind,
  FixRequestState,
  JsonPatchOperation,
  ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { WantedSplit } from './wanted/WantedSplit';

/** A finding that a pull request is to mend. */
export interface FollowedFinding {
  id: string;
  code: FindingCode;
  object: ObjectRef;
  /** What the fix changes of the object; empty where the object is made anew. */
  patch: JsonPatchOperation[];
}

/** An object as a pull request is to have it. */
export interface FollowedObject {
  object: ObjectRef;
  as: WantedState;
}

/** What of an object a request is about; what else the object has is not its business. */
export type WantedState =
  | { spec: Record<string, unknown> }
  /** Of a PrometheusRule, by `rulesDigest`. */
  | { rules: string }
  | { split: WantedSplit };

/** What a pull request is to bring. */
export interface WantedFix {
  kind: FixRequestKind;
  findings: FollowedFinding[];
  objects: FollowedObject[];
  /** The id of a promoted one, whose weights it keeps. */
  canary?: string;
}

/** A pull request as it is stored. */
export interface FollowedRequest extends WantedFix {
  id: string;
  entityRef: string;
  url: string;
  askedBy: string;
  askedAt: string;
  state: FixRequestState;
}
