import type {
  Measured,
  ObjectiveAcrossClusters,
  Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useFormat } from '../../format';
import { Figure, read, whyUnknown } from '../Figures';
import { useTableStyles } from '../Tables';
import { AlertMark } from './AlertMark';
import { BudgetBar } from './BudgetBar';
import { describeObjective } from './describeObjective';
import { objectiveName } from './objectiveName';

const useStyles = makeStyles(theme => ({
  section: { padding: theme.spacing(2), minWidth: 0 },
  clusters: { listStyle: 'none', margin: 0, padding: 0 },
}));

/** The objectives of an entity on several clusters, each as a whole, with what every cluster contributes. */
export function AcrossClusters(props: {
  objectives: NonNullable<Slos['acrossClusters']>;
}) {
  const { t } = useFormat();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  const id = useId();
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.section}
      aria-labelledby={id}
    >
      <Typography id={id} variant="h6" component="h2" gutterBottom>
        {t('slos.across.title')}
      </Typography>
      <div className={scroll}>
        <Table size="small" aria-labelledby={id}>
          <TableHead>
            <TableRow>
              <TableCell>{t('slos.across.objective')}</TableCell>
              <TableCell align="right">{t('slos.sli')}</TableCell>
              <TableCell>{t('slos.budgetLeft')}</TableCell>
              <TableCell>{t('slos.alert.title')}</TableCell>
              <TableCell>{t('slos.across.contributes')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {props.objectives.map(one => (
              <Row key={`${one.model ?? ''} ${one.objective.id}`} whole={one} />
            ))}
          </TableBody>
        </Table>
      </div>
    </Paper>
  );
}

function Row(props: { whole: ObjectiveAcrossClusters }) {
  const { whole } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const count = (measured: Measured<number>) =>
    measured.status === 'known'
      ? format.number(Math.round(measured.value))
      : undefined;
  return (
    <TableRow>
      <TableCell component="th" role="rowheader" scope="row">
        {t('slos.card', {
          model: whole.model ?? t('slos.service'),
          objective: objectiveName(whole.objective, t),
        })}
        <Typography variant="caption" color="textSecondary" component="p">
          {describeObjective(whole.objective, format, t)}
        </Typography>
      </TableCell>
      <TableCell align="right">
        <Figure
          label={t('slos.sli')}
          query="periods"
          reading={read(whole.sli, t, value => ({
            value,
            text: format.share(value),
            exact: `${format.exact(value * 100)}%`,
          }))}
        />
      </TableCell>
      <TableCell>
        <BudgetBar
          budget={{ ...whole, periodSeconds: whole.objective.periodSeconds }}
        />
      </TableCell>
      <TableCell>
        <AlertMark alert={whole.alert} />
      </TableCell>
      <TableCell>
        <ul className={classes.clusters}>
          {whole.clusters.map(({ cluster, events, badEvents }) => {
            const all = count(events);
            const bad = count(badEvents);
            return (
              <Typography component="li" variant="body2" key={cluster}>
                {all === undefined || bad === undefined
                  ? t('slos.across.unknown', {
                      cluster,
                      reason:
                        events.status === 'unknown'
                          ? whyUnknown(events, t)
                          : '',
                    })
                  : t('slos.across.part', { cluster, events: all, bad })}
              </Typography>
            );
          })}
        </ul>
      </TableCell>
    </TableRow>
  );
}
