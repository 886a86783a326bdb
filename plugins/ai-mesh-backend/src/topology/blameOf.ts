import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { callEvidence } from './callEvidence';
import { begunPerSecond, latelyEvidence } from './latelyEvidence';
import type { OutageEdge, OutageNode } from './traceBlame';
import { withheldCalls } from './withheldCalls';
import { withheldLately } from './withheldLately';

/** A provider that a node fails because of. */
export interface Blame {
  node: OutageNode;
  verdict: 'fails' | 'slow' | 'falters' | 'throttles';
  /** A clause with figures. */
  clause: Words;
  /** Requests per second that it is bad for. */
  badPerSecond: number;
  /** No telemetry of the calls themselves says it. */
  inferred?: boolean;
}

/** What blame is looked for in. */
export interface BlameGraph {
  byId: ReadonlyMap<string, OutageNode>;
  /** The calls of each node, none to itself. */
  calls: ReadonlyMap<string, readonly OutageEdge[]>;
  patienceMs: ReadonlyMap<string, number>;
}

/**
 * The providers that a failing node can blame.
 *
 * A call that fails by itself is always to blame. One that only falters, or is throttled, is where it accounts for at
 * least half of what the node fails: near a threshold one of two neighbours is beyond it and the other is not, and a
 * little throttling is normal with AI providers. A call without telemetry is looked through: what fails behind it is
 * blamed. A call to somebody whom nobody reaches is always to blame. A call that takes longer than it used to is to blame for a caller that does, where it makes up a good part of it.
 * Of a node that has just begun to fail, the calls that have just become worse are to blame, where they account for at least
 * half of that; of one that is only blamed and has begun to throttle, those that have begun to be throttled. Where all of
 * this leads nowhere, calls may be to blame that the node does not make any more.
 * Somebody whom nobody reaches blames nobody: whatever it calls, that is why.
 *
 * @param waitMs - how long the node's own callers wait (infinity: for ever, or not known): a provider that takes longer
 *   is slow, whatever its own limit
 */
export function blameOf(
  node: OutageNode,
  graph: BlameGraph,
  waitMs: number,
): Blame[] {
  if (node.cutOff) {
    return [];
  }
  const failing = failingPerSecond(node);
  const found = blameOfCalls(node, graph, waitMs, failing);
  if (found.length > 0 || failing === 0) {
    return found;
  }
  const withheld = withheldCalls(node, failing, graph);
  const begun = begunPerSecond(node.lately);
  return withheld.length === 0 && begun > 0
    ? withheldLately(node, begun, graph)
    : withheld;
}

function blameOfCalls(
  node: OutageNode,
  graph: BlameGraph,
  waitMs: number,
  failing: number,
): Blame[] {
  const begun = begunPerSecond(node.lately);
  // It fails nobody, and whoever blames it may do so for the 429 that it has of others.
  const passedOn =
    begun === 0 && !isWrong(node)
      ? begunPerSecond(node.lately, 'throttled')
      : 0;
  return (graph.calls.get(node.id) ?? []).flatMap(edge => {
    const provider = graph.byId.get(edge.target);
    if (provider?.cutOff) {
      return [
        {
          node: provider,
          verdict: 'fails',
          clause: provider.cutOff,
          badPerSecond: edge.usualPerSecond ?? 0,
        },
      ];
    }
    const { verdict, clause, badPerSecond, longerByMs } = callEvidence(
      edge,
      Math.min(waitMs, graph.patienceMs.get(edge.target) ?? Infinity),
    );
    if (!provider) {
      return [];
    }
    if (verdict === 'unknown') {
      return behind(provider, graph, node.id, new Set([node.id]));
    }
    if (
      verdict === 'fails' ||
      (verdict === 'slow' && explains(longerByMs, node)) ||
      (verdict !== 'fine' && failing > 0 && badPerSecond >= failing / 2)
    ) {
      return clause ? [{ node: provider, verdict, clause, badPerSecond }] : [];
    }
    const lately =
      begun + passedOn > 0 && edge.lately
        ? latelyEvidence(edge.lately)
        : undefined;
    return lately &&
      (begun > 0 || lately.verdict === 'throttles') &&
      lately.badPerSecond >= (begun + passedOn) / 2
      ? [{ ...lately, node: provider }]
      : [];
  });
}

/** A call that only takes longer than it used to must account for a good part of what its caller takes longer. */
const GOOD_PART = 0.25;
/** One that waits this much longer, in milliseconds, may also be why its caller fails. */
const FAILS_BY_WAITING_MS = 1000;

function explains(
  longerByMs: number | undefined,
  { slowness }: OutageNode,
): boolean {
  if (longerByMs === undefined) {
    return true;
  }
  return slowness
    ? longerByMs >= GOOD_PART * (slowness.valueMs - slowness.usualMs)
    : longerByMs >= FAILS_BY_WAITING_MS;
}

/** Whether something is wrong that somebody is to blame for. */
export function isWrong({ health }: Pick<OutageNode, 'health'>): boolean {
  return health.status === 'failing' || health.status === 'slow';
}

/**
 * What fails at or behind a provider that telemetry says nothing of.
 *
 * @param asker - who looks for whom to blame, and is not it
 * @param seen - whom was looked through already; calls to them are evidence all the same, whichever was seen first
 */
function behind(
  provider: OutageNode,
  graph: BlameGraph,
  asker: string,
  seen: Set<string>,
): Blame[] {
  if (seen.has(provider.id)) {
    return [];
  }
  seen.add(provider.id);
  if (isWrong(provider)) {
    return [
      {
        node: provider,
        verdict: provider.health.status === 'slow' ? 'slow' : 'fails',
        clause: wording(
          provider.health.status === 'slow'
            ? 'call.slowUnseen'
            : 'call.failsUnseen',
        ),
        badPerSecond: failingPerSecond(provider),
        inferred: true,
      },
    ];
  }
  if (provider.health.status !== 'unknown') {
    return [];
  }
  return (graph.calls.get(provider.id) ?? []).flatMap(edge => {
    const next = graph.byId.get(edge.target);
    const { verdict, clause, badPerSecond } = callEvidence(
      edge,
      graph.patienceMs.get(edge.target),
    );
    if (!next || next.id === asker) {
      return [];
    }
    if (clause && (verdict === 'fails' || verdict === 'slow')) {
      return [
        {
          node: next,
          verdict,
          clause: {
            key: 'call.through',
            params: { ...clause.params, through: provider.name },
            terms: { ...clause.terms, what: clause.key },
          },
          badPerSecond,
          inferred: true,
        },
      ];
    }
    return verdict === 'unknown' ? behind(next, graph, asker, seen) : [];
  });
}

function failingPerSecond({ traffic }: OutageNode): number {
  const { requestsPerSecond: rate, errorRatio } = traffic;
  return rate.status === 'known' && errorRatio.status === 'known'
    ? rate.value * errorRatio.value
    : 0;
}
