import { istioLabels, uniteReports } from '../telemetry';
import { callsOf, type Call } from './callsOf';
import type { ClusterFindings } from './ClusterFindings';
import type { Peer } from './Peer';
import { PeerNames } from './PeerNames';
import type { Worlds } from './worldsOf';
import { addTo } from '../kubernetes/addTo';

/** What clusters answered, between the calls' real ends. */
export type ClusterRows = Pick<
  ClusterFindings,
  'names' | 'requests' | 'buckets' | 'usual' | 'tcp'
>;

/**
 * The calls in the answers of all clusters, each once; who answers for whom is learned from them.
 *
 * @param worlds - every configured cluster
 */
export function unitedCalls(
  clusters: readonly ClusterRows[],
  worlds: Worlds,
): Call[] {
  const rowsOf = (answer: 'requests' | 'buckets' | 'usual' | 'tcp') =>
    uniteReports(
      clusters.map(one => ({ names: one.names, rows: one[answer] })),
    ).flatMap(rows => (rows.status === 'known' ? rows.value : []));
  const rows = {
    requests: rowsOf('requests'),
    buckets: rowsOf('buckets'),
    usual: rowsOf('usual'),
    tcp: rowsOf('tcp'),
  };
  for (const [name, { members }] of worlds) {
    members.learn(
      [...rows.requests, ...rows.tcp].filter(
        ({ labels }) => labels[istioLabels.destinationCluster] === name,
      ),
    );
  }
  return callsOf(rows, new PeerNames(worlds));
}

export function distinctPeers(peers: readonly Peer[]): Peer[] {
  return [...new Map(peers.map(peer => [peer.id, peer])).values()];
}

/** @param end - whose calls are one group */
export function groupCalls(
  calls: readonly Call[],
  end: (call: Call) => string,
): Map<string, Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    addTo(groups, end(call), call);
  }
  return groups;
}
