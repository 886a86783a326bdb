import { chanceOfSoFew, LATELY_SECONDS, type Lately } from '../telemetry';
import type { Blame, BlameGraph } from './blameOf';
import { callsBeyond } from './callsBeyond';
import { begunPerSecond, latelyEvidence } from './latelyEvidence';
import type { OutageEdge, OutageNode } from './traceBlame';

/** What chance alone does more often is no sign that calls are withheld. */
const CHANCE = 0.01;

/** Envoy's flags of requests that a proxy has answered without the called one. */
const NEVER_ARRIVED = ['UO', 'UH', 'UF', 'NR', 'NC', 'RL', 'FI'];

/** What withholding is looked for in. */
type Calls = BlameGraph['calls'];

/**
 * Providers that a node calls less in the last minute than the requests that it had ask for, directly or through others, and of
 * which what is still called has just begun to go wrong: as `withheldCalls`, half a minute after it began. Of several in a
 * row the last is to blame.
 *
 * @param begun - requests per second that the node has begun to fail
 */
export function withheldLately(
  node: OutageNode,
  begun: number,
  graph: BlameGraph,
): Blame[] {
  const found: Blame[] = [];
  for (const [edge, provider] of callsBeyond(node, graph)) {
    const missing = missingLately(edge, node);
    const evidence =
      edge.onset && edge.lately ? latelyEvidence(edge.lately) : undefined;
    if (edge.lately && evidence && accountsFor(missing, begun, evidence)) {
      const { requests } = edge.lately.now;
      const { verdict, clause, badPerSecond } = evidence;
      found.push({
        node: provider,
        verdict,
        clause: {
          key: 'call.withheldLately',
          params: {
            ...clause.params,
            now: Math.round(requests),
            usual: Math.round(requests + missing),
          },
          terms: { ...clause.terms, what: clause.key },
        },
        badPerSecond: badPerSecond + missing / LATELY_SECONDS,
        inferred: true,
      });
    }
  }
  const blamed = new Set(found.map(blame => blame.node.id));
  return found.filter(blame =>
    (graph.calls.get(blame.node.id) ?? []).every(
      ({ target }) => !blamed.has(target),
    ),
  );
}

/**
 * Whether a node that has begun to fail makes so many calls less that they account for half of that. It fails before it calls,
 * or does not call whom it has given up: which of them cannot be told from its calls.
 */
export function withholdsCalls(node: OutageNode, calls: Calls): boolean {
  const begun = begunPerSecond(node.lately);
  return (
    begun > 0 &&
    (calls.get(node.id) ?? []).some(edge =>
      accountsFor(missingLately(edge, node), begun),
    )
  );
}

function accountsFor(
  missing: number,
  begun: number,
  { badPerSecond } = { badPerSecond: 0 },
): boolean {
  return missing > 0 && missing / LATELY_SECONDS + badPerSecond >= begun / 2;
}

/**
 * How many calls there are less in the last minute than before it for the requests that reached the node; 0 where chance may
 * have left them out.
 */
function missingLately({ lately }: OutageEdge, node: OutageNode): number {
  if (!lately || !node.lately || node.lately.before.requests === 0) {
    return 0;
  }
  const before = arrived(node.lately.before.requests, {});
  const now = arrived(node.lately.now.requests, node.lately.flags);
  const expected = (lately.before.requests * now) / before;
  const missing = expected - lately.now.requests;
  return missing > 0 && chanceOfSoFew(lately, now / (now + before)) < CHANCE
    ? missing
    : 0;
}

function arrived(requests: number, flags: Lately['flags']): number {
  const lost = NEVER_ARRIVED.reduce((sum, flag) => sum + (flags[flag] ?? 0), 0);
  return Math.max(0, requests - lost * LATELY_SECONDS);
}
