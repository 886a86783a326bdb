import {
  known,
  type Measured,
  type Replay,
  type Topology,
  type Traffic,
  type TrafficTrack,
  windowSeconds,
} from '@ai-mesh/plugin-ai-mesh-common';
import { notKnown } from '../notKnown';

const none = notKnown('no-traffic');
const notPlayed = notKnown('not-configured');

/** One moment of a replay as the graph draws it: settings, versions and breakers are not played. */
export function frameOf(replay: Replay, index: number): Topology {
  const { entityRef, window, depth, resolution, sources, queries } = replay;
  const { at, measured, origins, suffering } = replay.moments[index];
  const seconds = windowSeconds[window];
  return {
    entityRef,
    window,
    depth,
    observedAt: at,
    resolution,
    sources,
    queries,
    nodes: replay.nodes.map(({ traffic, health, ...node }) => ({
      ...node,
      traffic: trafficAt(traffic, index, seconds),
      endpoints: notPlayed,
      versions: [],
      breaker: {
        status: 'unknown',
        evidence: 'none',
        ejectedHosts: notPlayed,
        overflowPerSecond: notPlayed,
      },
      badges: [],
      health: { status: health[index], message: '' },
    })),
    edges: replay.edges.map(({ traffic, encryptedShare, ...edge }) => {
      const share = encryptedShare[index];
      const rate = traffic.requestsPerSecond[index];
      return {
        ...edge,
        traffic: trafficAt(traffic, index, seconds),
        encryption:
          share === null || rate === null
            ? none
            : known({
                share,
                encryptedPerSecond: share * rate,
                plaintextPerSecond: (1 - share) * rate,
              }),
        versions: {},
      };
    }),
    outage: outageOf(measured, origins, suffering),
  };
}

function outageOf(
  measured: boolean,
  origins: string[],
  suffering: string[],
): Topology['outage'] {
  if (!measured) {
    return { status: 'unknown', message: '' };
  }
  return origins.length === 0
    ? { status: 'none' }
    : {
        status: 'found',
        origins: origins.map(node => ({
          node,
          reason: '',
          confidence: 'likely',
        })),
        suffering: suffering.map(node => ({ node, because: '' })),
        message: '',
      };
}

function trafficAt(
  track: TrafficTrack,
  index: number,
  seconds: number,
): Traffic {
  const at = (values: readonly (number | null)[]): Measured<number> => {
    const value = values[index];
    return value === null ? none : known(value);
  };
  const rate = at(track.requestsPerSecond);
  const p95 = track.p95[index];
  return {
    requestsPerSecond: rate,
    requestCount: rate.status === 'known' ? known(rate.value * seconds) : rate,
    errorRatio: at(track.errorRatio),
    throttledRatio: notPlayed,
    p50: notPlayed,
    // The bucket that it was read from is not played.
    p95:
      p95 === null
        ? none
        : known({ valueMs: p95, lowerBoundMs: p95, upperBoundMs: p95 }),
    p99: notPlayed,
    responseFlags: {},
  };
}
