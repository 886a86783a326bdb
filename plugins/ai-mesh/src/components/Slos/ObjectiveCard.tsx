import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import LessIcon from '@material-ui/icons/ExpandLess';
import MoreIcon from '@material-ui/icons/ExpandMore';
import { useId } from 'react';
import { useFormat } from '../../format';
import { useLinkedRow } from '../../hooks';
import { useTones } from '../../theme';
import { Figure, read, whyUnknown } from '../Figures';
import { AlertMark } from './AlertMark';
import { BudgetBar } from './BudgetBar';
import { describeObjective } from './describeObjective';
import { exhaustionReading } from './exhaustion';
import { objectiveName } from './objectiveName';
import { ObjectiveDetails } from './ObjectiveDetails';
import type { RankedObjective } from './rankObjectives';

const useStyles = makeStyles(theme => ({
  card: { padding: theme.spacing(1.5, 2) },
  row: {
    display: 'grid',
    gridTemplateColumns:
      'minmax(140px, 2fr) minmax(76px, .8fr) minmax(120px, 1.4fr) minmax(96px, 1fr) minmax(84px, .8fr) auto',
    gap: theme.spacing(0.5, 2),
    alignItems: 'center',
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    },
  },
  name: { overflowWrap: 'anywhere', minWidth: 0 },
}));

/** One objective of one model: a line that says how it stands, and all about it behind a button. */
export function ObjectiveCard(props: {
  ranked: RankedObjective;
  namesCluster: boolean;
  open: boolean;
  onToggle: () => void;
  onShowModel?: () => void;
}) {
  const { ranked, namesCluster, open, onToggle, onShowModel } = props;
  const { model, status } = ranked;
  const { objective } = status;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const id = useId();
  const { ref } = useLinkedRow(ranked.id);
  const subject = model?.model ?? t('slos.service');
  const name = t('slos.card', {
    model: namesCluster
      ? t('slos.onCluster', { subject, cluster: status.cluster })
      : subject,
    objective: objectiveName(objective, t),
  });
  return (
    <Paper
      ref={ref}
      variant="outlined"
      component="section"
      className={classes.card}
      aria-labelledby={id}
    >
      <div className={classes.row}>
        <div className={classes.name}>
          <Typography id={id} variant="subtitle2" component="h3">
            {name}
          </Typography>
          <Typography variant="caption" color="textSecondary" component="p">
            {describeObjective(objective, format, t)}
          </Typography>
          {model && !model.reporting && (
            <Typography
              variant="caption"
              component="p"
              style={{ color: tones.degraded.text }}
            >
              {t('slos.stopped')}
            </Typography>
          )}
        </div>
        <div>
          <Caption text={t('slos.sli')} />
          <Figure
            label={t('slos.sli')}
            query="periods"
            cluster={status.cluster}
            reading={read(status.sli, t, value => ({
              value,
              text: format.share(value),
              exact: `${format.exact(value * 100)}%`,
            }))}
          />
        </div>
        <div>
          <Caption text={t('slos.budgetLeft')} />
          <BudgetBar
            budget={{ ...status, periodSeconds: objective.periodSeconds }}
            cluster={status.cluster}
          />
          {status.youngWithinSeconds !== undefined && (
            <Typography variant="caption" color="textSecondary" component="p">
              {t('slos.young', {
                within: format.span(status.youngWithinSeconds),
                period: format.span(objective.periodSeconds),
              })}
            </Typography>
          )}
          {status.lowTraffic && (
            <Typography
              variant="caption"
              component="p"
              style={{ color: tones.degraded.text }}
            >
              {lowTraffic(status.events)}
            </Typography>
          )}
        </div>
        <div>
          <Caption text={t('slos.exhaustion')} />
          <Figure
            label={t('slos.exhaustion')}
            query="burn-rates"
            cluster={status.cluster}
            reading={exhaustionReading(status, format, t)}
          />
        </div>
        <div>
          <Caption text={t('slos.alert.title')} />
          <AlertMark alert={status.alert} />
        </div>
        <Button
          size="small"
          onClick={onToggle}
          aria-expanded={open}
          aria-label={t('slos.detailsOf', { name })}
          endIcon={open ? <LessIcon /> : <MoreIcon />}
        >
          {t('slos.details')}
        </Button>
      </div>
      {status.sli.status === 'unknown' && (
        <Typography
          variant="caption"
          component="p"
          style={{ color: tones.unknown.text }}
        >
          {t('slos.unknown', { reason: whyUnknown(status.sli, t) })}
        </Typography>
      )}
      {open && (
        <ObjectiveDetails
          name={name}
          status={status}
          onShowModel={onShowModel}
        />
      )}
    </Paper>
  );

  function lowTraffic(events: typeof status.events): string {
    return events.status === 'known'
      ? t('slos.lowTraffic', { count: Math.round(events.value) })
      : t('slos.lowTrafficUnknown');
  }
}

function Caption(props: { text: string }) {
  return (
    <Typography variant="caption" color="textSecondary" component="div">
      {props.text}
    </Typography>
  );
}
