import type { CheckResult } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useFormat } from '../../format';
import { Age } from '../Figures';
import { CheckOutcomeMark } from './CheckOutcomeMark';
import { ConditionsTable } from './ConditionsTable';
import { checkWords } from './scorecardWords';

const useStyles = makeStyles(theme => ({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
  },
  table: {
    overflowX: 'auto',
    // The same columns on every card.
    '& table': { tableLayout: 'fixed', minWidth: 640 },
    '& th:nth-child(1)': { width: '26%' },
    '& th:nth-child(2)': { width: '34%' },
    '& th, & td': { padding: theme.spacing(0.5, 1) },
  },
}));

/** One check: what it comes to and since when, the facts that decide, and what to do where. */
export function CheckCard(props: { check: CheckResult }) {
  const { check } = props;
  const { outcome, since, exemption, conditions, screen } = check;
  const { t, language } = useFormat();
  const classes = useStyles();
  const id = useId();
  const words = checkWords(check, language);
  return (
    <Paper
      component="article"
      variant="outlined"
      className={classes.card}
      aria-labelledby={id}
    >
      <div className={classes.head}>
        <CheckOutcomeMark outcome={outcome} />
        <Typography id={id} variant="subtitle2" component="h3">
          {words.title}
        </Typography>
        {since && (
          <Typography variant="body2" component="span">
            {t('scorecard.since')} <Age at={since} />
          </Typography>
        )}
      </div>
      {words.why && outcome !== 'pass' && (
        <Typography variant="body2">{words.why}</Typography>
      )}
      {exemption && (
        <Typography variant="body2">
          {t(
            exemption.ended
              ? 'scorecard.exemption.ended'
              : 'scorecard.exemption.until',
            { until: exemption.until, reason: exemption.reason },
          )}
        </Typography>
      )}
      <div className={classes.table}>
        <ConditionsTable title={words.title} conditions={conditions} />
      </div>
      {outcome !== 'pass' && (
        <Typography variant="body2">
          {words.todo ? `${words.todo} ` : ''}
          <Link to={`../${screen}`} underline="always">
            {t('scorecard.todo', { screen: t(`screen.${screen}`) })}
          </Link>
        </Typography>
      )}
    </Paper>
  );
}
