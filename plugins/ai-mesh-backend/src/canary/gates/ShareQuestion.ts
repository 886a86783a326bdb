import type { CanaryPlan, TextKey } from '@ai-mesh/plugin-ai-mesh-common';
import type { ShareEvidence } from '../statistics';
import type { ShareBounds } from './shareBounds';

/** What a share of requests is decided with. */
export interface ShareQuestion {
  evidence: ShareEvidence;
  bounds: ShareBounds;
  plan: Pick<CanaryPlan, 'confidence' | 'minRequests'>;
  /** This gate's part of the error that the plan allows. */
  alpha: number;
  /** What bad requests did. */
  verb: Extract<TextKey, `verb.${string}`>;
  /** Beyond which they were slow, in ms. */
  limit?: number;
  /** What is counted: requests, unless it says otherwise. */
  noun?: Extract<TextKey, `noun.${string}`>;
  /** The next advance gives the canary more than half of what the two versions hold together. */
  passesHalf: boolean;
  /** The stable version gets traffic. Where it does not, what it was like before stands for it. */
  stableHasTraffic: boolean;
  /** The stable version was beyond the bound in the last slice. */
  ill: boolean;
  /** Requests that reached no version, and may be the canary's. */
  inDoubt: number;
}
