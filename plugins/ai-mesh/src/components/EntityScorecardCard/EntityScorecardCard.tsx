import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useScorecard } from '../../hooks';
import { rootRouteRef } from '../../routes';
import { useAiMeshTranslation } from '../../translation';
import { CheckOutcomeMark, checkOutcomes } from '../Scorecard/CheckOutcomeMark';
import { LevelMark } from '../Scorecard/LevelMark';
import { NextLevel } from '../Scorecard/NextLevel';
import { FailureState, RefreshFailure } from '../States';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
  },
  counts: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2) },
}));

/** The entity's level and what the next one lacks, with the way to the scorecard. */
export function EntityScorecardCard() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const { data, error, refresh } = useScorecard(entityRef);
  const tab = useRouteRef(rootRouteRef);
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const scorecard = data?.answer;
  return (
    <InfoCard
      title={t('scorecard.card.title')}
      deepLink={{ title: t('scorecard.card.link'), link: `${tab()}/scorecard` }}
    >
      {!data && !error && (
        <div role="status" aria-label={t('screen.loading')}>
          <Skeleton variant="rect" height={96} />
        </div>
      )}
      {!data && error && (
        <FailureState error={error} entityRef={entityRef} onRetry={refresh} />
      )}
      {data && error && (
        <RefreshFailure error={error} observedAt={data.observedAt} />
      )}
      {scorecard && (
        <div className={classes.content}>
          <LevelMark level={scorecard.level} levels={scorecard.levels} />
          <div className={classes.counts}>
            {checkOutcomes.map(outcome => (
              <CheckOutcomeMark
                key={outcome}
                outcome={outcome}
                count={scorecard.counts[outcome]}
              />
            ))}
          </div>
          <NextLevel scorecard={scorecard} />
        </div>
      )}
    </InfoCard>
  );
}
