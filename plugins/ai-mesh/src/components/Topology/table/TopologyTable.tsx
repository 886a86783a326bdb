import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import type { Visible } from '../filterTopology';
import type { Selection } from '../useTopologyChoices';
import { EdgesTable } from './EdgesTable';
import { NodesTable } from './NodesTable';

const useStyles = makeStyles(theme => ({
  tables: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
  table: {
    padding: theme.spacing(2),
    // Nine columns, of which a troubled mesh fills each.
    [theme.breakpoints.down('md')]: { padding: theme.spacing(1) },
  },
}));

/** The same as the graph shows, as tables. */
export function TopologyTable(props: {
  topology: Topology;
  visible: Visible;
  /** Narrows the rows to these, and the calls to those of these nodes, when something is looked for. */
  found?: Visible;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}) {
  const { topology, visible, found, selection, onSelect } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const wanted = (id: string) => !found || found.nodes.has(id);
  const shared = { topology, selection, onSelect };
  return (
    <div className={classes.tables}>
      <Paper variant="outlined" className={classes.table}>
        <Typography variant="subtitle1" component="h2">
          {t('topology.table.nodes')}
        </Typography>
        <NodesTable
          {...shared}
          nodes={topology.nodes.filter(
            ({ id }) => visible.nodes.has(id) && wanted(id),
          )}
        />
      </Paper>
      <Paper variant="outlined" className={classes.table}>
        <Typography variant="subtitle1" component="h2">
          {t('topology.table.edges')}
        </Typography>
        <EdgesTable
          {...shared}
          edges={topology.edges.filter(
            ({ id, source, target }) =>
              visible.edges.has(id) &&
              (found?.edges.has(id) || wanted(source) || wanted(target)),
          )}
        />
      </Paper>
    </div>
  );
}
