import type { Topology, TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import Link from '@material-ui/core/Link';
import { useFormat } from '../../../format';
import { SignalFigure } from '../../Figures';
import { HealthMark } from '../../Marks';
import { Column, SortableTable } from '../../Tables';
import { Badges } from '../Badges';
import { nameOf } from '../describe';
import type { Selection } from '../useTopologyChoices';
import { knownNumber } from './knownNumber';
import { severity } from './severity';

/** The nodes of the graph as rows. */
export function NodesTable(props: {
  nodes: TopologyNode[];
  topology: Topology;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}) {
  const { nodes, topology, selection, onSelect } = props;
  const { t, format } = useFormat();
  const versions = (node: TopologyNode) =>
    node.versions
      .map(
        ({ name, observedShare }) =>
          `${name || t('topology.node.noVersion')} ${
            observedShare.status === 'known'
              ? format.percent(observedShare.value)
              : '–'
          }`,
      )
      .join(t('text.and'));
  const columns: Column<TopologyNode>[] = [
    {
      id: 'name',
      title: t('topology.table.name'),
      sortBy: ({ id }) => nameOf(topology, id),
      render: ({ id }) => (
        <Link
          component="button"
          variant="body2"
          underline="always"
          aria-label={t('topology.table.details', {
            name: nameOf(topology, id),
          })}
          onClick={() => onSelect(`node:${id}`)}
        >
          {nameOf(topology, id)}
        </Link>
      ),
    },
    {
      id: 'kind',
      title: t('topology.table.kind'),
      sortBy: ({ kind }) => kind,
      render: ({ kind }) => t(`topology.node.${kind}`),
    },
    {
      id: 'relation',
      title: t('topology.table.relation'),
      sortBy: ({ relation }) => relation,
      render: ({ relation }) => t(`topology.relation.${relation}`),
    },
    {
      id: 'health',
      title: t('topology.table.health'),
      sortBy: ({ health }) => severity[health.status],
      render: ({ health }) => <HealthMark status={health.status} />,
    },
    {
      id: 'requests',
      title: t('topology.table.requests'),
      align: 'right',
      sortBy: ({ traffic }) => knownNumber(traffic.requestsPerSecond),
      render: ({ traffic, cluster }) => (
        <SignalFigure
          traffic={traffic}
          signal="requestsPerSecond"
          cluster={cluster}
        />
      ),
    },
    {
      id: 'errors',
      title: t('topology.table.errors'),
      align: 'right',
      sortBy: ({ traffic }) => knownNumber(traffic.errorRatio),
      render: ({ traffic, cluster }) => (
        <SignalFigure traffic={traffic} signal="errorRatio" cluster={cluster} />
      ),
    },
    {
      id: 'p95',
      title: t('topology.table.p95'),
      align: 'right',
      sortBy: ({ traffic }) =>
        knownNumber(traffic.p95, ({ valueMs }) => valueMs),
      render: ({ traffic, cluster }) => (
        <SignalFigure traffic={traffic} signal="p95" cluster={cluster} />
      ),
    },
    {
      id: 'versions',
      title: t('topology.table.versions'),
      render: versions,
    },
    {
      id: 'settings',
      title: t('topology.table.settings'),
      render: node => <Badges node={node} />,
    },
  ];
  return (
    <SortableTable
      label={t('topology.table.nodes')}
      columns={columns}
      rows={nodes}
      idOf={({ id }) => id}
      initialOrder={{ column: 'health', direction: 'asc' }}
      selectedId={
        selection.startsWith('node:') ? selection.slice(5) : undefined
      }
    />
  );
}
