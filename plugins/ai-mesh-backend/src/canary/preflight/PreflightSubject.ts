import {
  said,
  wording,
  type CanaryGroup,
  type CanaryPlan,
  type CanaryPreflight,
  type CanaryPreflightCheck,
  type CanaryRoute,
  type ServiceRef,
  type Words,
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
  /** Absent for a service of one cluster alone. */
  group?: Pick<CanaryGroup, 'clusters'>;
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

/** Sentences of the catalogue, or of somebody else's who has no words for them. */
type Sentences = Words | readonly Words[] | string;

export function blocks(
  code: CanaryPreflightCheck['code'],
  sentences: Sentences,
  detail?: string,
): CanaryPreflightCheck {
  return checkOf(code, 'blocks', sentences, detail);
}

export function warns(
  code: CanaryPreflightCheck['code'],
  sentences: Sentences,
  detail?: string,
): CanaryPreflightCheck {
  return checkOf(code, 'warns', sentences, detail);
}

export function ok(
  code: CanaryPreflightCheck['code'],
  sentences: Sentences,
): CanaryPreflightCheck {
  return checkOf(code, 'ok', sentences);
}

function checkOf(
  code: CanaryPreflightCheck['code'],
  outcome: CanaryPreflightCheck['outcome'],
  sentences: Sentences,
  detail?: string,
): CanaryPreflightCheck {
  return {
    code,
    outcome,
    ...(typeof sentences === 'string'
      ? { message: sentences }
      : said(...[sentences].flat())),
    ...(detail && { detail }),
  };
}

/** What somebody else said, after a sentence of ours; nothing where nothing was said. */
export function quoted(text: string | undefined): Words[] {
  return text ? [wording('verbatim', { text })] : [];
}
