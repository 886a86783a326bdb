import Link from '@material-ui/core/Link';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { Column, SortableTable } from '../../Tables';
import { nameOf } from '../describe';
import type { Visible } from '../filterTopology';
import { knownNumber } from '../table/knownNumber';
import type { Selection } from '../useTopologyChoices';
import type { CallChange, Comparison } from './compareTopologies';
import { figuresOf, turnTones } from './describeChange';

const useStyles = makeStyles(theme => ({
  table: { padding: theme.spacing(2) },
  then: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
  now: { whiteSpace: 'nowrap' },
  changed: { fontWeight: 700 },
}));

const kinds = ['rate', 'errors', 'p95'] as const;

/** The calls with both moments' figures side by side, what changed most first. */
export function ComparisonTable(props: {
  comparison: Comparison;
  visible: Visible;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}) {
  const { comparison, visible, selection, onSelect } = props;
  const { topology } = comparison;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const rows = [...comparison.calls.values()].filter(({ edge }) =>
    visible.edges.has(edge.id),
  );
  const titleOf = ({ edge }: CallChange) =>
    t('topology.edge.title', {
      source: nameOf(topology, edge.source),
      target: nameOf(topology, edge.target),
    });
  const figure = (kind: (typeof kinds)[number]): Column<CallChange> => ({
    id: kind,
    title: t(`compare.table.${kind}`),
    align: 'right',
    sortBy: row => knownNumber(row[kind].now),
    render: row => {
      const [then, now] = figuresOf(row, format)[kind];
      return (
        <span className={row[kind].size > 0 ? classes.changed : undefined}>
          <span className={classes.then}>{then}</span> →{' '}
          <span className={classes.now}>{now}</span>
        </span>
      );
    },
  });
  const columns: Column<CallChange>[] = [
    {
      id: 'call',
      title: t('compare.table.call'),
      sortBy: titleOf,
      render: row => (
        <Link
          component="button"
          variant="body2"
          underline="always"
          style={{ textAlign: 'left' }}
          onClick={() => onSelect(`edge:${row.edge.id}`)}
        >
          {titleOf(row)}
        </Link>
      ),
    },
    {
      id: 'change',
      title: t('compare.table.change'),
      sortBy: ({ size }) => -size,
      render: ({ turn }) => (
        <span style={{ color: tones[turnTones[turn]].text }}>
          {t(`compare.turn.${turn}`)}
        </span>
      ),
    },
    ...kinds.map(figure),
  ];
  return (
    <Paper variant="outlined" className={classes.table}>
      <Typography variant="subtitle1" component="h2">
        {t('compare.table.title')}
      </Typography>
      <SortableTable
        label={t('compare.table.title')}
        columns={columns}
        rows={rows}
        idOf={({ edge }) => edge.id}
        initialOrder={{ column: 'change', direction: 'asc' }}
        selectedId={
          selection.startsWith('edge:') ? selection.slice(5) : undefined
        }
      />
    </Paper>
  );
}
