import type {
  Measured,
  Topology,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { csvOf } from '../../Figures';

const titles = [
  ...['source', 'target'].flatMap(end => [
    `${end}_cluster`,
    `${end}_namespace`,
    `${end}_name`,
  ]),
  'protocol',
  'reporter',
  'requests_per_second',
  'error_ratio',
  'throttled_ratio',
  'p50_ms',
  'p95_ms',
  'p99_ms',
  'encrypted_ratio',
  'tcp_connections_per_second',
  'tcp_sent_bytes_per_second',
];

/** The calls that are shown as a table for a spreadsheet; what is not known says why, and is never a zero. */
export function topologyCsv(
  topology: Pick<Topology, 'nodes' | 'edges'>,
): string {
  const byId = new Map(topology.nodes.map(node => [node.id, node]));
  const rows = topology.edges.map(edge => {
    const { traffic, tcp } = edge;
    return [
      ...placeOf(byId.get(edge.source), edge.source),
      ...placeOf(byId.get(edge.target), edge.target),
      edge.protocol,
      edge.reporter,
      measured(traffic.requestsPerSecond),
      measured(traffic.errorRatio),
      measured(traffic.throttledRatio),
      ...(['p50', 'p95', 'p99'] as const).map(percentile =>
        measured(traffic[percentile], ({ valueMs }) => valueMs),
      ),
      measured(edge.encryption, ({ share }) => share),
      tcp ? measured(tcp.connectionsOpenedPerSecond) : '',
      tcp ? measured(tcp.sentBytesPerSecond) : '',
    ];
  });
  return csvOf([titles, ...rows]);
}

function placeOf(node: TopologyNode | undefined, id: string): string[] {
  return node ? [node.cluster, node.namespace ?? '', node.name] : ['', '', id];
}

function measured<T>(
  value: Measured<T>,
  numberOf: (value: T) => number = Number,
): string {
  return value.status === 'known'
    ? String(numberOf(value.value))
    : `unknown (${value.reason})`;
}
