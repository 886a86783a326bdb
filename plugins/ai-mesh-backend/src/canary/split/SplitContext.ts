import type {
  CanaryAffinity,
  CanaryHeaderPhase,
  CanaryWeights,
  JsonPatchOperation,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { WrittenAffinity } from './affinity';
import type { SplitSelector } from './findRule';
import type { JsonRecord } from './json';

/** What stood in the route before the canary began, and what a roll-back restores. */
export interface SplitOriginal {
  /** The stable version's weight as written; absent where the object left it out. */
  stableWeight?: number;
  /** The canary's destination; absent where the route had none. */
  canary?: {
    weight?: number;
    /** How many of the fields around a header of its answers were there, from the outside in; absent: none. */
    answerFields?: number;
  };
  /** Whether the object had annotations at all. */
  annotations: boolean;
  weights: CanaryWeights;
}

/**
 * What the route should be.
 *
 * - `running`: the canary has its share, and where there is an affinity, whoever has its cookie; in a header phase, it
 *   has named requests and otherwise nothing
 * - `finished`: the canary keeps its share, and nothing else tells of it any more
 * - `original`: as before the start
 */
export type SplitTarget =
  | {
      kind: 'running';
      percent: number;
      header?: CanaryHeaderPhase;
      affinity?: CanaryAffinity;
    }
  | { kind: 'finished' }
  | { kind: 'original' };

/** One write. */
export interface SplitEdit {
  /** Begins with a `test`, so that it is refused where the object has changed; empty: there is nothing to change. */
  patch: JsonPatchOperation[];
  /** The weights after it. */
  weights: CanaryWeights;
  /** The header phase's rule, where it stands after the write. */
  headerRule?: JsonRecord;
  /** What keeps people with the canary after the write. */
  affinity?: WrittenAffinity;
}

/** What a canary has to know of itself to edit its route. */
export interface SplitContext {
  id: string;
  selector: SplitSelector;
  original: SplitOriginal;
  /** The header phase's rule as it was written, if it was. */
  headerRule?: JsonRecord;
  /** What keeps people with the canary as it was written, if it was. */
  affinity?: WrittenAffinity;
}
