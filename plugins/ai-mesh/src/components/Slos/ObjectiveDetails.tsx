import {
  budgetState,
  type Measured,
  type ObjectiveStatus,
} from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../format';
import { ChartPanel } from '../Charts';
import { whyUnknown } from '../Figures';
import { BurnRatesTable } from './BurnRatesTable';
import { ObjectiveFacts } from './ObjectiveFacts';

const useStyles = makeStyles(theme => ({
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

/** All about one objective: burn rates, the budget over time, and what stands behind the numbers. */
export function ObjectiveDetails(props: {
  /** Of the model and the objective. */
  name: string;
  status: ObjectiveStatus;
  onShowModel?: () => void;
}) {
  const { name, status, onShowModel } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const isYoung = budgetState(status) === 'young';
  // What a few moments have left of a whole period's budget is no course of it.
  const history = isYoung ? [] : known(status.budgetOverTime);
  return (
    <div className={classes.details}>
      <div className={classes.wide}>
        <BurnRatesTable of={name} status={status} />
      </div>
      <ChartPanel
        content={{
          title: t('slos.chart.budgetOf', { name }),
          times: history.map(({ at }) => at),
          series: [
            {
              name: t('slos.budgetLeft'),
              values: history.map(({ budgetLeft }) => budgetLeft),
              exact: value => `${format.exact(value * 100)}%`,
            },
          ],
          // Far below zero a fraction of a percent is noise, and too wide for the axis.
          axis: value =>
            format.percent(Math.abs(value) < 10 ? value : Math.round(value)),
          reference: { value: 0, label: t('slos.chart.spent') },
        }}
        unknown={whyNoCourse()}
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
  );

  function whyNoCourse(): string | undefined {
    if (status.budgetOverTime.status === 'unknown') {
      return whyUnknown(status.budgetOverTime, t);
    }
    return isYoung
      ? t('slos.young', {
          within: format.span(status.youngWithinSeconds!),
          period: format.span(status.objective.periodSeconds),
        })
      : undefined;
  }
}

function known<T>(measured: Measured<T[]>): T[] {
  return measured.status === 'known' ? measured.value : [];
}
