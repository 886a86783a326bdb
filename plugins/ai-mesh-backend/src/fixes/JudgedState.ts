import type { FixRequest, Words } from '@ai-mesh/plugin-ai-mesh-common';

/** How an object is beside what is wanted of it. */
export interface JudgedState {
  standing: FixRequest['objects'][number]['standing'];
  /** Why. */
  words?: Words[];
}
