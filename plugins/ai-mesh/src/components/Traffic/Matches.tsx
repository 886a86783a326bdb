import type { RouteCondition } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { Fragment } from 'react';
import { Translate, useAiMeshTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  matches: { ...theme.typography.body1 },
  condition: {
    fontFamily: 'monospace',
    fontSize: '0.875rem',
    padding: theme.spacing(0.25, 0.75),
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.action.selected,
    overflowWrap: 'anywhere',
  },
  word: { color: theme.palette.text.secondary },
}));

/** A condition in words: `header x-user-tier is vip`. */
export function conditionText(condition: RouteCondition, t: Translate): string {
  const { field, name, operator, value } = condition;
  const what = name ? `${field} ${name}` : field;
  return operator === 'present' || operator === 'absent'
    ? t(`traffic.operator.${operator}`, { what })
    : t(`traffic.operator.${operator}`, { what, value });
}

/** When a rule applies: any of its matches, each with all of its conditions. */
export function Matches(props: { matches: RouteCondition[][] }) {
  const { matches } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const meaningful = matches.filter(conditions => conditions.length > 0);
  // A match without a condition matches everything, and so does the rule around it.
  if (meaningful.length < matches.length || matches.length === 0) {
    return (
      <div className={classes.matches}>{t('traffic.rule.everything')}</div>
    );
  }
  return (
    <div className={classes.matches}>
      {meaningful.map((conditions, matchIndex) => (
        <div key={JSON.stringify(conditions)}>
          <span className={classes.word}>
            {t(matchIndex === 0 ? 'traffic.rule.when' : 'traffic.rule.or')}{' '}
          </span>
          {conditions.map((condition, index) => (
            <Fragment key={JSON.stringify(condition)}>
              {index > 0 && (
                <span className={classes.word}> {t('traffic.rule.and')} </span>
              )}
              <span className={classes.condition}>
                {conditionText(condition, t)}
              </span>
            </Fragment>
          ))}
        </div>
      ))}
    </div>
  );
}
