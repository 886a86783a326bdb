import type { CanaryGateName } from '@ai-mesh/plugin-ai-mesh-common';
import { divide, or, tag, type Expr } from '../../prometheus/promql';
import { timeToFirstTokenMs, tokensPerSecond } from './aiMetrics';
import {
  covered,
  lostRequests,
  p99Ms,
  requestRows,
  requestsPerSecond,
} from './requestQueries';
import type { MeshPlace } from './MeshPlace';
import type { VersionSeries } from './VersionSeries';

/** Labels that tell the parts of one answer apart. */
export const PART_LABEL = 'canary_part';
export const VERSION_LABEL = 'canary_version';

export type VersionName = 'canary' | 'stable';

/**
 * - `lost`: requests that reached no version
 * - `covered`: there is something where Prometheus knew the Service when the window began
 * - `native-p99`: the p99 of native histograms, before the start
 * - `counted`, `buckets`: requests, and how long they took, since a moment; `born`, `returned`: of which series
 * - `errors`: of an endpoint picker, by what was wrong
 * - `edges`: who has reported which calls for a while
 * - `clock`: Prometheus' time; `newest`: that of the last scrape
 * - `quality:...`: a further gate's
 */
export type PartName =
  | 'requests'
  | 'p99'
  | 'tokens'
  | 'first-token'
  | 'lost'
  | 'covered'
  | 'counted'
  | 'errors'
  | 'buckets'
  | 'native-p99'
  | 'edges'
  | 'born'
  | 'returned'
  | 'clock'
  | 'newest'
  | `quality:${string}`;

/** One question about one version; those about the Service as a whole are asked under the canary's name. */
export interface Part {
  part: PartName;
  version: VersionName;
  expr: Expr;
}

export type MeasurableVersion = Pick<
  VersionSeries,
  'service' | 'requests' | 'pods'
>;

/**
 * All that there is to ask about a window; nothing where metrics cannot tell the versions apart.
 *
 * @param names - of AI metrics that each version's pods export
 */
export function gateQueries(
  versions: Record<VersionName, MeasurableVersion>,
  windowSeconds: number,
  place: MeshPlace,
  names: Record<VersionName, ReadonlySet<string>>,
): Part[] {
  const { canary } = versions;
  const ofVersions = (['canary', 'stable'] as const).flatMap(version =>
    versionParts(versions[version], windowSeconds, place, names[version]).map(
      part => ({ ...part, version }),
    ),
  );
  if (ofVersions.length === 0 || !canary.service) {
    return ofVersions;
  }
  return [
    ...ofVersions,
    {
      part: 'lost',
      version: 'canary',
      expr: lostRequests(canary.service, windowSeconds, place),
    },
    {
      part: 'covered',
      version: 'canary',
      expr: covered(canary.service, windowSeconds),
    },
  ];
}

function versionParts(
  { requests, pods }: MeasurableVersion,
  windowSeconds: number,
  place: MeshPlace,
  names: ReadonlySet<string>,
): Pick<Part, 'part' | 'expr'>[] {
  if (requests.status === 'unknown') {
    return [];
  }
  const to = requests.value;
  return [
    { part: 'requests', expr: requestRows(to, windowSeconds) },
    { part: 'p99', expr: p99Ms(to, windowSeconds, place) },
    ...(pods.status === 'unknown'
      ? []
      : [
          {
            part: 'tokens' as const,
            expr: divide(
              tokensPerSecond(pods.value, windowSeconds, names),
              requestsPerSecond(to, windowSeconds, place),
            ),
          },
          {
            part: 'first-token' as const,
            expr: timeToFirstTokenMs(pods.value, windowSeconds, names),
          },
        ]),
  ];
}

/** All parts as one query, so that both versions are measured at one moment. */
export function oneQuery([first, ...more]: Part[]): Expr {
  const tagged = ({ part, version, expr }: Part) =>
    tag(tag(expr, PART_LABEL, part), VERSION_LABEL, version);
  return or(tagged(first), ...more.map(tagged));
}

const gatesOf: Partial<Record<PartName, CanaryGateName[]>> = {
  requests: ['error-rate', 'throttled'],
  p99: ['latency-p99'],
  tokens: ['tokens-per-request'],
  'first-token': ['time-to-first-token'],
};

/** The PromQL that each gate's values come from. */
export function promqlByGate(
  parts: readonly Part[],
): Partial<Record<CanaryGateName, { canary: string; stable?: string }>> {
  const byGate: ReturnType<typeof promqlByGate> = {};
  for (const { part, version, expr } of parts) {
    for (const gate of gatesOf[part] ?? []) {
      byGate[gate] = { canary: '', ...byGate[gate], [version]: expr };
    }
  }
  return byGate;
}
