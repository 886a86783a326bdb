import type { Blame, BlameGraph } from './blameOf';
import { callEvidence } from './callEvidence';
import { callsBeyond } from './callsBeyond';
import type { OutageEdge, OutageNode } from './traceBlame';

/** Of calls that are still made so many go wrong; a little throttling is normal with AI providers. */
const BAD_RATIO = 0.25;
/** At most this part of the usual calls is made still. */
const LEFT_RATIO = 0.5;

/**
 * Providers that a node hardly calls any more, directly or through others, and whose few calls go wrong. The circuit breaker of
 * an application that has opened does that: it refuses requests that it does not send on, so that what it still sends
 * accounts for little of what it fails. What is missing counts as gone wrong, where with it at least half of what the node
 * fails is accounted for. Fewer calls since the node itself has fewer requests are not missing, and more requests ask for more calls.
 *
 * @param failing - requests per second that the node fails
 */
export function withheldCalls(
  node: OutageNode,
  failing: number,
  graph: BlameGraph,
): Blame[] {
  const stillAsked = stillOf(node);
  const found: Blame[] = [];
  for (const [edge, provider] of callsBeyond(node, graph)) {
    const missing = missingPerSecond(edge, stillAsked);
    const { verdict, clause, badPerSecond } = callEvidence(
      edge,
      graph.patienceMs.get(edge.target),
    );
    const rate = rateOf(edge);
    if (
      clause &&
      (verdict === 'fails' || verdict === 'throttles') &&
      badPerSecond >= BAD_RATIO * rate &&
      missing > 0 &&
      badPerSecond + missing >= failing / 2
    ) {
      found.push({
        node: provider,
        verdict,
        clause: {
          key: 'call.withheld',
          params: {
            ...clause.params,
            now: perSecond(rate),
            usual: perSecond(rate + missing),
          },
          terms: { ...clause.terms, what: clause.key },
        },
        badPerSecond: badPerSecond + missing,
        inferred: true,
      });
    }
  }
  return found;
}

/** What is not called any more, of at least half of what the node's requests ask for by the usual. */
function missingPerSecond(edge: OutageEdge, stillAsked: number): number {
  const { usualPerSecond } = edge;
  const expected = (usualPerSecond ?? 0) * stillAsked;
  const rate = rateOf(edge);
  return rate > 0 && rate <= LEFT_RATIO * expected ? expected - rate : 0;
}

/**
 * How many times its usual requests a node has; once where that is not known. A mesh that is younger than an hour has a mean of
 * too little, of its requests as of its calls: so it is more than once there.
 */
function stillOf({ traffic, usualPerSecond }: OutageNode): number {
  return usualPerSecond !== undefined && usualPerSecond > 0
    ? rateOf({ traffic }) / usualPerSecond
    : 1;
}

function rateOf({
  traffic: { requestsPerSecond },
}: Pick<OutageEdge, 'traffic'>): number {
  return requestsPerSecond.status === 'known' ? requestsPerSecond.value : 0;
}

function perSecond(rate: number): number {
  return Number(rate.toPrecision(2));
}
