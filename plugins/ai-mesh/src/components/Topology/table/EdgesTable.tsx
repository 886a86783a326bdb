import type { Topology, TopologyEdge } from '@ai-mesh/plugin-ai-mesh-common';
import Link from '@material-ui/core/Link';
import { useFormat } from '../../../format';
import { SignalFigure } from '../../Figures';
import { EncryptionWord, HealthMark } from '../../Marks';
import { Column, SortableTable } from '../../Tables';
import { edgeLines, nameOf } from '../describe';
import { edgeHealth } from '../edgeHealth';
import type { Selection } from '../useTopologyChoices';
import { knownNumber } from './knownNumber';
import { severity } from './severity';

/** The calls of the graph as rows. */
export function EdgesTable(props: {
  edges: TopologyEdge[];
  topology: Topology;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}) {
  const { edges, topology, selection, onSelect } = props;
  const { t, format } = useFormat();
  const clusterOf = ({ target }: TopologyEdge) =>
    topology.nodes.find(({ id }) => id === target)?.cluster;
  const columns: Column<TopologyEdge>[] = [
    {
      id: 'source',
      title: t('topology.table.source'),
      sortBy: ({ source }) => nameOf(topology, source),
      render: edge => (
        <Link
          component="button"
          variant="body2"
          underline="always"
          aria-label={t('topology.table.details', {
            name: t('topology.edge.title', {
              source: nameOf(topology, edge.source),
              target: nameOf(topology, edge.target),
            }),
          })}
          onClick={() => onSelect(`edge:${edge.id}`)}
        >
          {nameOf(topology, edge.source)}
        </Link>
      ),
    },
    {
      id: 'target',
      title: t('topology.table.target'),
      sortBy: ({ target }) => nameOf(topology, target),
      render: ({ target }) => nameOf(topology, target),
    },
    {
      id: 'health',
      title: t('topology.table.health'),
      sortBy: edge => severity[edgeHealth(edge)],
      render: edge => <HealthMark status={edgeHealth(edge)} />,
    },
    {
      id: 'requests',
      title: t('topology.table.requests'),
      align: 'right',
      sortBy: ({ traffic }) => knownNumber(traffic.requestsPerSecond),
      render: edge =>
        edge.protocol === 'tcp' ? (
          edgeLines(edge, format, t).join(' · ')
        ) : (
          <SignalFigure
            traffic={edge.traffic}
            signal="requestsPerSecond"
            cluster={clusterOf(edge)}
          />
        ),
    },
    {
      id: 'errors',
      title: t('topology.table.errors'),
      align: 'right',
      sortBy: ({ traffic }) => knownNumber(traffic.errorRatio),
      render: edge => (
        <SignalFigure
          traffic={edge.traffic}
          signal="errorRatio"
          cluster={clusterOf(edge)}
        />
      ),
    },
    {
      id: 'p95',
      title: t('topology.table.p95'),
      align: 'right',
      sortBy: ({ traffic }) =>
        knownNumber(traffic.p95, ({ valueMs }) => valueMs),
      render: edge => (
        <SignalFigure
          traffic={edge.traffic}
          signal="p95"
          cluster={clusterOf(edge)}
        />
      ),
    },
    {
      id: 'encryption',
      title: t('topology.table.encryption'),
      sortBy: ({ encryption }) => knownNumber(encryption, ({ share }) => share),
      render: ({ encryption }) => <EncryptionWord encryption={encryption} />,
    },
  ];
  return (
    <SortableTable
      label={t('topology.table.edges')}
      columns={columns}
      rows={edges}
      idOf={({ id }) => id}
      initialOrder={{ column: 'health', direction: 'asc' }}
      selectedId={
        selection.startsWith('edge:') ? selection.slice(5) : undefined
      }
    />
  );
}
