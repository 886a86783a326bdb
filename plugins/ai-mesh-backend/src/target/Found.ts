import type { Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { WorkloadRef } from './Target';

/** What a look at one cluster found for an entity. */
export interface Found {
  /** What was looked for, in words. */
  selector: string;
  /** The same for other languages, where it is more than names. */
  selectorWords?: Words[];
  services: { namespace: string; name: string }[];
  /** Services that must be meant, but that the cluster cannot confirm at present. */
  presumed: { namespace: string; name: string }[];
  workloads: WorkloadRef[];
  /** Why something could not be found, where that is known. */
  why?: Words[];
}
