import { istioLabels, uniteReports } from '../telemetry';
import { callsOf, type Call } from './callsOf';
import type { ClusterFindings } from './ClusterFindings';
import type { Peer } from './Peer';
import { PeerNames } from './PeerNames';
import type { Worlds } from './worldsOf';
import { inTurns } from '../target/inTurns';
import { addTo } from '../kubernetes/addTo';

/** What clusters answered, between the calls' real ends. */
export type ClusterRows = Pick<
  ClusterFindings,
  'names' | 'requests' | 'buckets' | 'usual' | 'lately' | 'tcp'
>;

/**
 * The calls in the answers of all clusters, each once; who answers for whom is learned from them. In turns with other work.
 *
 * @param worlds - every configured cluster
 * @param isCutOff - as {@link callsOf}
 */
export async function unitedCalls(
  clusters: readonly ClusterRows[],
  worlds: Worlds,
  isCutOff?: (peer: Peer) => boolean,
): Promise<Call[]> {
  const rowsOf = async (answer: Exclude<keyof ClusterRows, 'names'>) => {
    await inTurns();
    return uniteReports(
      clusters.map(one => ({ names: one.names, rows: one[answer] })),
    ).flatMap(rows => (rows.status === 'known' ? rows.value : []));
  };
  const rows = {
    requests: await rowsOf('requests'),
    buckets: await rowsOf('buckets'),
    usual: await rowsOf('usual'),
    lately: await rowsOf('lately'),
    tcp: await rowsOf('tcp'),
  };
  for (const [name, { members }] of worlds) {
    await inTurns();
    members.learn(
      [...rows.requests, ...rows.tcp].filter(
        ({ labels }) => labels[istioLabels.destinationCluster] === name,
      ),
    );
  }
  return callsOf(rows, new PeerNames(worlds), isCutOff);
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
