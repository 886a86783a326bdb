import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * A version of the service that a canary moves traffic between.
 *
 * @public
 */
export interface CanaryGateVersion {
  /** Full host name; of an InferencePool a name that stands for it, and that nothing resolves. */
  host: string;
  /** The InferencePool that the version is. */
  pool?: { namespace: string; name: string };
  /** The DestinationRule's subset; absent where the version is a Service of its own. */
  subset?: string;
}

/**
 * What a gate in code is to judge.
 *
 * @public
 */
export interface CanaryGateInput {
  canaryId: string;
  /** The catalog entity that the canary was asked for: `component:default/ai-chat-service`. */
  entityRef: string;
  service: { cluster: string; namespace: string; name: string };
  canary: CanaryGateVersion;
  stable: CanaryGateVersion;
  /** The canary's share of the traffic in the window, 0..100. */
  percent: number;
  /** What happened since the weights changed last, at most the plan's interval. */
  window: { from: Date; to: Date };
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/**
 * What a gate in code says: `hold` where it is not known yet.
 *
 * @public
 */
export interface CanaryGateAnswer {
  outcome: 'pass' | 'breach' | 'hold';
  /** In one sentence with figures, for a service owner; at most 500 characters are kept. */
  reason: string;
  /** What was measured of the canary, in the gate's unit. */
  value?: number;
  /** The same of the stable version. */
  stableValue?: number;
}

/**
 * A gate that is judged by code, such as an evaluation service.
 *
 * @public
 */
export interface CanaryGate {
  /** As plans name it: small letters, digits and dashes. */
  name: string;
  /** In English, and by other languages' keys: `zh` is Chinese. */
  title: { en: string; [language: string]: string | undefined };
  /** `optional` unless given: where a plan names it. `default`: where a plan names none. `required`: always. */
  use?: 'optional' | 'default' | 'required';
  /** Of the values; `number` unless given. */
  unit?: 'ratio' | 'ms' | 'tokens' | 'number';
  /** Its bounds in words, for the form and the verdict. */
  rollBackWhen: string;
  advanceWhen: string;
  /** An answer that takes longer counts as none, milliseconds: 10,000 unless given, at most 60,000. */
  timeoutMs?: number;
  /** At most so many canaries of a replica are judged at a time: 4 unless given. Others wait, within the same time. */
  concurrency?: number;
  /** Asked at each check. One that throws, is late, or answers something else holds the canary: it never passes. */
  judge(input: CanaryGateInput): Promise<CanaryGateAnswer>;
}

/**
 * Adds gates that decide about canaries beside those of the configuration.
 *
 * @public
 */
export interface CanaryGatesExtensionPoint {
  addGates(...gates: CanaryGate[]): void;
}

/** @public */
export const canaryGatesExtensionPoint =
  createExtensionPoint<CanaryGatesExtensionPoint>({
    id: 'ai-mesh.canary-gates',
  });
