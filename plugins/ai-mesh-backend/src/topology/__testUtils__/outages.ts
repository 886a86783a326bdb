import {
  known,
  unknown,
  type Slowness,
  type TopologyEdge,
  type TopologyNode,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { readHealth, unknownTraffic } from '../../telemetry';
import { findOutage } from '../findOutage';

/** What is measured of a node or a call, in short. */
export interface CallSpec {
  /** Requests; ten unless it is said. */
  perSecond?: number;
  errors?: number;
  throttled?: number;
  flags?: Record<string, number>;
  p95Ms?: number;
  /** What its p95 was in the hour before. */
  usualMs?: number;
  /** Nothing is known of it. */
  blind?: boolean;
}

function traffic({ errors = 0, ...spec }: CallSpec): Traffic {
  if (spec.blind) {
    return unknownTraffic('not-exported', 'Nothing is exported.');
  }
  return {
    ...unknownTraffic('not-exported'),
    requestsPerSecond: known(spec.perSecond ?? 10),
    requestCount: known((spec.perSecond ?? 10) * 300),
    errorRatio: known(errors),
    throttledRatio: known(spec.throttled ?? 0),
    p95:
      spec.p95Ms === undefined
        ? unknown('not-exported')
        : known({
            valueMs: spec.p95Ms,
            lowerBoundMs: 1000,
            upperBoundMs: 60_000,
          }),
    responseFlags: spec.flags ?? {},
  };
}

function slownessOf({ p95Ms, usualMs }: CallSpec): { slowness?: Slowness } {
  return p95Ms === undefined || usualMs === undefined
    ? {}
    : {
        slowness: {
          percentile: 'p95',
          valueMs: p95Ms,
          usualMs,
          than: 'hour-before',
        },
      };
}

export function call(path: string, spec: CallSpec = {}): TopologyEdge {
  const [source, target] = path.split('>');
  return {
    id: path,
    source,
    target,
    protocol: 'http',
    reporter: 'source',
    traffic: traffic(spec),
    ...slownessOf(spec),
    encryption: unknown('not-exported'),
    versions: {},
  };
}

export function node(
  id: string,
  spec: CallSpec = {},
  more: Partial<TopologyNode> = {},
): TopologyNode {
  return {
    id,
    kind: 'service',
    cluster: 'c',
    namespace: 'ai',
    name: id,
    relation: 'own',
    distance: 0,
    proxy: 'sidecar',
    traffic: traffic(spec),
    endpoints: unknown('not-configured'),
    versions: [],
    breaker: {
      status: 'not-configured',
      evidence: 'none',
      ejectedHosts: unknown('not-configured'),
      overflowPerSecond: unknown('not-configured'),
    },
    badges: [],
    health: readHealth(traffic(spec), undefined, slownessOf(spec).slowness),
    ...slownessOf(spec),
    ...more,
  };
}

export function outageOf(
  nodes: TopologyNode[],
  edges: TopologyEdge[],
  patience: Record<string, number> = {},
) {
  return findOutage(nodes, edges, {
    patienceMs: new Map(Object.entries(patience)),
  });
}

/** Origins and suffering, by id. */
export function brief(...args: Parameters<typeof outageOf>) {
  const outage = outageOf(...args);
  return outage.status === 'found'
    ? {
        origins: outage.origins.map(origin => origin.node),
        suffering: outage.suffering.map(victim => victim.node),
      }
    : outage.status;
}
