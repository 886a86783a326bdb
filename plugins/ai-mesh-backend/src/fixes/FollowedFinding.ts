import type {
  FindingCode,
  FixRequestState,
  JsonPatchOperation,
  ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';

/** A finding that a pull request is to mend. */
export interface FollowedFinding {
  id: string;
  code: FindingCode;
  object: ObjectRef;
  /** What the fix changes of the object; empty where the object is made anew. */
  patch: JsonPatchOperation[];
}

/** A pull request as it is stored. */
export interface FollowedRequest {
  id: string;
  entityRef: string;
  url: string;
  askedBy: string;
  askedAt: string;
  findings: FollowedFinding[];
  state: FixRequestState;
}
