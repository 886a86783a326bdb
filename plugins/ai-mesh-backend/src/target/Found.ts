import type { WorkloadRef } from './Target';

/** What a look at one cluster found for an entity. */
export interface Found {
  /** What was looked for, in words. */
  selector: string;
  services: { namespace: string; name: string }[];
  /** Services that must be meant, but that the cluster cannot confirm at present. */
  presumed: { namespace: string; name: string }[];
  workloads: WorkloadRef[];
  /** Why something could not be found, where that is known. */
  message?: string;
}
