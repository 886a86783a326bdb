import type {
  CanaryPlan,
  CanaryPreflight,
  CanaryPreflightCheck,
  CanaryRoute,
  ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { CanaryCluster } from '../engine/CanaryCluster';
import type { FullVersion, FoundRule, SplitOriginal } from '../split';

/** What is to be checked: a canary, or what might become one. */
export interface PreflightSubject {
  /** Absent for what is not a canary yet. */
  id?: string;
  service: ServiceRef;
  /** Absent: the only route that qualifies. */
  route?: CanaryRoute | { object: RouteName; rule?: string };
  stable: FullVersion;
  canary: FullVersion;
  plan: CanaryPlan;
  /** Other plans that somebody might choose, to be looked out for at today's traffic as well. */
  presets?: readonly { name: string; plan: CanaryPlan }[];
}

export interface RouteName {
  kind: string;
  namespace?: string;
  name: string;
}

export interface PreflightResult {
  preflight: CanaryPreflight;
  /** Absent where the route was not found. */
  found?: {
    cluster: CanaryCluster;
    snapshot: MeshSnapshot;
    route: CanaryRoute;
    original: SplitOriginal;
    steps: number[];
  };
}

export type RunPreflight = (
  subject: PreflightSubject,
  at: Date,
  signal: AbortSignal,
) => Promise<PreflightResult>;

/** What the checks of a route that was found look at. */
export interface FoundRoute {
  subject: PreflightSubject;
  cluster: CanaryCluster;
  snapshot: MeshSnapshot;
  route: CanaryRoute;
  /** As read from the cluster just now. */
  object: ConfigObject;
  found: FoundRule;
}

export function blocks(
  code: CanaryPreflightCheck['code'],
  message: string,
  detail?: string,
): CanaryPreflightCheck {
  return { code, outcome: 'blocks', message, ...(detail && { detail }) };
}

export function warns(
  code: CanaryPreflightCheck['code'],
  message: string,
  detail?: string,
): CanaryPreflightCheck {
  return { code, outcome: 'warns', message, ...(detail && { detail }) };
}

export function ok(
  code: CanaryPreflightCheck['code'],
  message: string,
): CanaryPreflightCheck {
  return { code, outcome: 'ok', message };
}
