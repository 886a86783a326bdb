import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import Link from '@material-ui/core/Link';
import { useFormat } from '../../format';
import { Notice, Said, UnwellNotice } from '../Marks';
import { edgeLines, nameOf } from './describe';
import { edgeHealth, isAlarming } from './edgeHealth';
import type { Selection } from './useTopologyChoices';

/** What is drawn in a colour although there is no outage; a call that ends at a node of these says nothing more. */
export function unwell({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>) {
  const those = nodes.filter(({ health }) => isAlarming(health.status));
  const ids = new Set(those.map(({ id }) => id));
  return {
    nodes: those,
    edges: edges.filter(
      edge => isAlarming(edgeHealth(edge)) && !ids.has(edge.target),
    ),
  };
}

/** No outage: green only where nothing is drawn otherwise, and else what is. */
export function UnwellBanner(props: {
  topology: Topology;
  onSelect: (selection: Selection) => void;
}) {
  const { topology, onSelect } = props;
  const { t, format } = useFormat();
  const { nodes, edges } = unwell(topology);
  if (nodes.length + edges.length === 0) {
    return <Notice tone="healthy" title={t('topology.hurt.none')} />;
  }
  const link = (selection: Selection, text: string) => (
    <Link
      component="button"
      variant="body2"
      underline="always"
      onClick={() => onSelect(selection)}
    >
      {text}
    </Link>
  );
  const lines = [
    ...nodes.map(({ id, name, health }) => (
      <div key={id}>
        {link(`node:${id}`, name)}
        {t('text.colon')}
        <Said of={health} />
      </div>
    )),
    ...edges.map(edge => (
      <div key={edge.id}>
        {link(
          `edge:${edge.id}`,
          t('topology.edge.title', {
            source: nameOf(topology, edge.source),
            target: nameOf(topology, edge.target),
          }),
        )}
        {t('text.colon')}
        {edgeLines(edge, format, t).join(t('text.and'))}
      </div>
    )),
  ];
  return <UnwellNotice title={t('topology.hurt.unwell')} lines={lines} />;
}
