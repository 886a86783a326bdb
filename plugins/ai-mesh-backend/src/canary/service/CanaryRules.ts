import type {
  CanaryPlan,
  CanaryPreset,
  CanaryQualityGate,
} from '@ai-mesh/plugin-ai-mesh-common';

/** What the portal's configuration says about canaries. */
export interface CanaryRules {
  /** Whether one person may ask for a canary and approve it. */
  requesterMayApprove: boolean;
  /** A request that nobody decides on for so long expires. */
  requestExpiryMs: number;
  /** What a request leaves out of its plan. */
  defaults: CanaryPlan;
  /** Plans that a form offers by name. */
  presets: readonly CanaryPreset[];
  /** The gates that a plan may name beside those of the requests. */
  qualityGates: readonly CanaryQualityGate[];
}

/** Who does something to a canary. */
export interface CanaryCaller {
  /** An entity reference of a person, or a service's subject: what the history says. */
  ref: string;
  kind: 'person' | 'service';
}
