import type { Topology, TopologyEdge } from '@ai-mesh/plugin-ai-mesh-common';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../../format';
import { EncryptionMark } from '../../Marks';
import { edgeLines, edgeName, nameOf } from '../describe';
import type { Selection } from '../useTopologyChoices';

const useStyles = makeStyles(theme => ({
  list: {
    ...theme.typography.body2,
    margin: 0,
    padding: 0,
    listStyle: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
  },
  figures: { color: theme.palette.text.secondary },
}));

/** The calls of a node, each leading to its own details. */
export function CallList(props: {
  edges: TopologyEdge[];
  /** The end to name. */
  end: 'source' | 'target';
  topology: Topology;
  onSelect: (selection: Selection) => void;
}) {
  const { edges, end, topology, onSelect } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {edges.map(edge => (
        <li key={edge.id}>
          <EncryptionMark encryption={edge.encryption} />{' '}
          <Link
            component="button"
            variant="body2"
            underline="always"
            aria-label={edgeName(edge, topology, format, t)}
            onClick={() => onSelect(`edge:${edge.id}`)}
          >
            {nameOf(topology, edge[end])}
          </Link>{' '}
          <span className={classes.figures}>
            {edgeLines(edge, format, t).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
