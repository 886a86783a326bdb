import type { Scorecard } from '@ai-mesh/plugin-ai-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useFormat } from '../../format';
import { ChartPanel } from '../Charts';
import { between } from '../Figures';
import { Notice, Said } from '../Marks';
import { CheckCard } from './CheckCard';
import { CheckOutcomeMark, checkOutcomes } from './CheckOutcomeMark';
import { LevelMark } from './LevelMark';
import { NextLevel } from './NextLevel';
import { levelTitle } from './scorecardWords';
import { trendContent } from './trendContent';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 3),
  },
  level: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
  group: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1) },
  trend: { padding: theme.spacing(2) },
}));

/** The level, what the next one lacks, the checks by level and the trend. */
export function ScorecardContent(props: { scorecard: Scorecard }) {
  const { scorecard } = props;
  const { level, levels, counts, checks, trend, problems, problemWords } =
    scorecard;
  const { t, format } = useFormat();
  const classes = useStyles();
  return (
    <>
      <div className={classes.head} role="status">
        <Typography variant="h6" component="h2" className={classes.level}>
          {t('scorecard.level.label')}
          {between(t)}
          <LevelMark level={level} levels={levels} />
        </Typography>
        {checkOutcomes.map(outcome => (
          <CheckOutcomeMark
            key={outcome}
            outcome={outcome}
            count={counts[outcome]}
          />
        ))}
      </div>
      {!scorecard.observedAt && (
        <Notice tone="unknown" title={t('scorecard.notComputed.title')}>
          {t('scorecard.notComputed.body')}
        </Notice>
      )}
      {problems.length > 0 && (
        <Notice tone="degraded" title={t('scorecard.problems')}>
          {problems.map((message, index) => (
            <div key={message}>
              <Said
                of={{ message, words: problemWords?.slice(index, index + 1) }}
              />
            </div>
          ))}
        </Notice>
      )}
      <NextLevel scorecard={scorecard} />
      {levels
        .map(({ id }) => ({
          id,
          checks: checks
            .filter(check => check.level === id)
            .sort(
              (a, b) =>
                checkOutcomes.indexOf(a.outcome) -
                checkOutcomes.indexOf(b.outcome),
            ),
        }))
        .filter(group => group.checks.length > 0)
        .map(group => (
          <LevelGroup
            key={group.id}
            title={levelTitle(group.id, levels, t)}
            checks={group.checks}
          />
        ))}
      {checks.length > 0 && (
        <Paper variant="outlined" className={classes.trend}>
          <ChartPanel
            content={trendContent(trend, { t, format })}
            unknown={t('scorecard.trend.empty')}
          />
        </Paper>
      )}
    </>
  );
}

function LevelGroup(props: { title: string; checks: Scorecard['checks'] }) {
  const classes = useStyles();
  const id = useId();
  return (
    <section className={classes.group} aria-labelledby={id}>
      <Typography id={id} variant="subtitle1" component="h2">
        {props.title}
      </Typography>
      {props.checks.map(check => (
        <CheckCard key={check.id} check={check} />
      ))}
    </section>
  );
}
