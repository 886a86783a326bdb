import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import LessIcon from '@material-ui/icons/ExpandLess';
import MoreIcon from '@material-ui/icons/ExpandMore';
import { useId } from 'react';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { ChartPanel } from '../Charts';
import { Figure, read, whyUnknown } from '../Figures';
import { AlertMark } from './AlertMark';
import { BudgetBar } from './BudgetBar';
import { BurnRatesTable } from './BurnRatesTable';
import { describeObjective } from './describeObjective';
import { exhaustionReading } from './exhaustion';
import { ObjectiveFacts } from './ObjectiveFacts';
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
  details: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: theme.spacing(2, 3),
    marginTop: theme.spacing(1.5),
    paddingTop: theme.spacing(1.5),
    borderTop: `1px solid ${theme.palette.divider}`,
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  wide: { gridColumn: '1 / -1', minWidth: 0 },
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
  const subject = model?.model ?? t('slos.service');
  const name = t('slos.card', {
    model: namesCluster
      ? t('slos.onCluster', { subject, cluster: status.cluster })
      : subject,
    objective: objective.name,
  });
  return (
    <Paper
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
          {status.sli.status === 'unknown' && (
            <Typography
              variant="caption"
              component="p"
              style={{ color: tones.unknown.text }}
            >
              {t('slos.unknown', { reason: whyUnknown(status.sli, t) })}
            </Typography>
          )}
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
              exact: `${format.exact(value * 100)} %`,
            }))}
          />
        </div>
        <div>
          <Caption text={t('slos.budgetLeft')} />
          <BudgetBar budgetLeft={status.budgetLeft} cluster={status.cluster} />
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
      {open && (
        <div className={classes.details}>
          <div className={classes.wide}>
            <BurnRatesTable of={name} status={status} />
          </div>
          <ChartPanel
            content={{
              title: t('slos.chart.budgetOf', { name }),
              times: known(status.budgetOverTime).map(({ at }) => at),
              series: [
                {
                  name: t('slos.budgetLeft'),
                  values: known(status.budgetOverTime).map(
                    ({ budgetLeft }) => budgetLeft,
                  ),
                  exact: value => `${format.exact(value * 100)} %`,
                },
              ],
              axis: value => format.percent(value),
              reference: { value: 0, label: t('slos.chart.spent') },
            }}
            unknown={
              status.budgetOverTime.status === 'unknown'
                ? whyUnknown(status.budgetOverTime, t)
                : undefined
            }
          />
          <div>
            <ObjectiveFacts status={status} />
            {onShowModel && (
              <Button size="small" onClick={onShowModel}>
                {t('slos.showModel')}
              </Button>
            )}
          </div>
        </div>
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

function known<T>(
  measured: { status: 'known'; value: T[] } | { status: 'unknown' },
): T[] {
  return measured.status === 'known' ? measured.value : [];
}
