import type {
  FindingCode,
  FindingWording,
  Objective,
  ObjectRef,
  ServiceRef,
  WorkloadName,
} from '@ai-mesh/plugin-ai-mesh-common';

interface About {
  /** Names it among all that the entity has, for as long as it is the same. */
  subject: string;
  cluster: string;
}

export interface BudgetConcern extends About {
  kind: 'budget-exhausted';
  /** Absent for an objective of the service as a whole. */
  model?: string;
  objective: Pick<Objective, 'id' | 'name' | 'nameWords' | 'target'>;
  periodSeconds: number;
  /** Zero or less. */
  budgetLeft: number;
  /** Its row on the screen. */
  row: string;
}

export interface FindingConcern extends About {
  kind: 'high-finding';
  findingId: string;
  code: FindingCode;
  service: ServiceRef;
  object: ObjectRef;
  path: string;
  message: string;
  /** The message for other languages. */
  wording: FindingWording;
}

export interface CertificateConcern extends About {
  kind: 'certificate-ending';
  /** Absent: the root's, which is every entity's of the cluster. */
  workload?: WorkloadName;
  expiresAt: string;
  /** Its row on the screen; the root's is `root`. */
  row: string;
}

/** Something that the owners of an entity ought to hear of. */
export type Concern = BudgetConcern | FindingConcern | CertificateConcern;

/** What was seen of an entity's concerns at once. */
export interface SeenConcerns {
  standing: Concern[];
  /** Those whose root's certificate was looked at. */
  clusters: readonly string[];
  /** Whether it cannot be told that a subject does not stand any more: what it is seen by is away. */
  isUnsure(subject: string): boolean;
  /** The same without the names of what is not to be told; absent: all may be. */
  conceal?(concern: Concern): Promise<Concern>;
  /** Whether the review saw what there is, so that a finding which it has later is new. */
  sawReview: boolean;
}
