import type { Sentences } from '@ai-mesh/plugin-ai-mesh-common';

/** What every reader of some figures has to know, if anything. */
export type Remark = Partial<Sentences> | undefined;
