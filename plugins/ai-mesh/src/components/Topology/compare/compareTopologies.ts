import {
  type Source,
  type Topology,
  type TopologyEdge,
  type TopologyNode,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { notKnown } from '../notKnown';
import {
  type Change,
  errorChange,
  latencyChange,
  rateChange,
  type RateChange,
} from './changes';

/** What became of a call: fails more or takes longer, the contrary, only more or fewer of them, or nothing that chance does not explain. */
export type Turn =
  'worse' | 'better' | 'new' | 'gone' | 'moved' | 'same' | 'unknown';

/** A call at both moments. */
export interface CallChange {
  /** The call as the union of both has it. */
  edge: TopologyEdge;
  turn: Turn;
  rate: RateChange;
  errors: Change;
  /** Milliseconds. */
  p95: Change;
  /** For the order of what changed most; 0 where nothing did. */
  size: number;
}

/** The same neighbourhood at two moments. */
export interface Comparison {
  /** The two moments (ISO 8601). */
  then: string;
  now: string;
  /** What there is at either moment; what is gone by now has no figures. */
  topology: Topology;
  /** By the id of the call, most changed first. */
  calls: ReadonlyMap<string, CallChange>;
  /**
   * The sources of which one moment lacks the measurements. A call that is missing there may have been there all the
   * same, so none is called new or gone.
   */
  lacking: Source[];
  /** Where two versions of one moment are compared: `then` is the first one's, `now` the second one's. */
  versions?: { first: string; second: string };
}

/** The change of a call's number is worth less than that it fails or is slow. */
const RATE_COUNTS = 0.5;
/** As much as one that fails four times as often. */
const NEW_OR_GONE = 2;

/** Lays two answers about one entity over each other; ids are stable between answers. */
export function compareTopologies(then: Topology, now: Topology): Comparison {
  const lacking = [then, now].flatMap(lackingOf);
  const before = new Map(then.edges.map(edge => [edge.id, edge]));
  const present = new Set(now.edges.map(({ id }) => id));
  const nodes = new Set(now.nodes.map(({ id }) => id));
  const changes = [
    ...now.edges.map(edge => changeOf(before.get(edge.id), edge, lacking)),
    ...then.edges
      .filter(({ id }) => !present.has(id))
      .map(edge => changeOf(edge, undefined, lacking)),
  ].sort((a, b) => b.size - a.size);
  return {
    then: then.observedAt,
    now: now.observedAt,
    topology: {
      ...now,
      nodes: [
        ...now.nodes,
        ...then.nodes.filter(({ id }) => !nodes.has(id)).map(withoutFigures),
      ],
      edges: changes.map(({ edge }) => edge),
    },
    calls: new Map(changes.map(change => [change.edge.id, change])),
    lacking,
  };
}

/** The sources that an answer has no measurements of: away, or silent at its moment, since they keep no data so long. */
function lackingOf({ sources, nodes, edges }: Topology): Source[] {
  const measured = new Set(
    edges
      .filter(({ traffic, tcp }) =>
        [traffic.requestsPerSecond, tcp?.connectionsOpenedPerSecond].some(
          rate => rate?.status === 'known',
        ),
      )
      .map(({ target }) => nodes.find(({ id }) => id === target)?.cluster),
  );
  return sources.filter(
    ({ name, status, cluster }) =>
      name === 'prometheus' &&
      status !== 'ok' &&
      !(status === 'partial' && measured.has(cluster)),
  );
}

export function changeOf(
  then: TopologyEdge | undefined,
  now: TopologyEdge | undefined,
  lacking: readonly Source[],
  { countsRate }: { countsRate: boolean } = { countsRate: true },
): CallChange {
  const some = (now ?? then)!;
  const silent = silenced(some);
  const edge = now ?? silent;
  const figures = {
    rate: countsRate
      ? rateChange(then ?? silent, now ?? silent)
      : unweighed(rateChange(then ?? silent, now ?? silent)),
    errors: errorChange((then ?? silent).traffic, (now ?? silent).traffic),
    p95: latencyChange((then ?? silent).traffic, (now ?? silent).traffic),
  };
  if (!then || !now) {
    const told = lacking.length === 0;
    const appearance = now ? 'new' : 'gone';
    return {
      edge,
      ...figures,
      turn: told ? appearance : 'unknown',
      size: told ? NEW_OR_GONE : 0,
    };
  }
  return { edge, ...figures, ...turnOf(figures) };
}

function turnOf({
  rate,
  errors,
  p95,
}: Pick<CallChange, 'rate' | 'errors' | 'p95'>): { turn: Turn; size: number } {
  const harm = [errors, p95];
  const size = Math.max(
    ...harm.map(change => change.size),
    rate.size * RATE_COUNTS,
  );
  if (harm.some(({ direction }) => direction === 'more')) {
    return { turn: 'worse', size };
  }
  if (harm.some(({ direction }) => direction === 'less')) {
    return { turn: 'better', size };
  }
  if (rate.direction === 'more' || rate.direction === 'less') {
    return { turn: 'moved', size };
  }
  return {
    turn: [rate, ...harm].every(({ direction }) => direction === 'unknown')
      ? 'unknown'
      : 'same',
    size: 0,
  };
}

const none = notKnown('no-traffic');
const noTraffic: Traffic = {
  requestsPerSecond: none,
  requestCount: none,
  errorRatio: none,
  throttledRatio: none,
  p50: none,
  p95: none,
  p99: none,
  responseFlags: {},
};

/** Both figures, of which one being larger is no change. */
function unweighed(change: RateChange): RateChange {
  return {
    ...change,
    direction: change.direction === 'unknown' ? 'unknown' : 'same',
    size: 0,
  };
}

/** A call at a moment that saw none of it. */
export function silenced(edge: TopologyEdge): TopologyEdge {
  const { tcp, slowness, onset, ...rest } = edge;
  return { ...rest, traffic: noTraffic, encryption: none, versions: {} };
}

/** A node of then alone, whose figures are none of now's. */
function withoutFigures(node: TopologyNode): TopologyNode {
  const { tcp, slowness, onset, ...rest } = node;
  return {
    ...rest,
    traffic: noTraffic,
    versions: [],
    health: { status: 'unknown', message: '' },
  };
}
