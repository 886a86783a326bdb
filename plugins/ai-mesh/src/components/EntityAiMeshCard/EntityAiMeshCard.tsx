import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useOverview } from '../../hooks';
import { rootRouteRef } from '../../routes';
import { useAiMeshTranslation } from '../../translation';
import { Queries } from '../Figures';
import { SourcesNotice } from '../Sources';
import {
  classifyAnswer,
  FailureState,
  OutcomeState,
  RefreshFailure,
} from '../States';
import { CardLines } from './CardLines';

/** Pixels: what is more than the card's lines scrolls, so that nothing else on the page is pushed away. */
const CONTENT_HEIGHT = 176;

const useStyles = makeStyles({
  content: { maxHeight: CONTENT_HEIGHT, overflowY: 'auto' },
});

/** The entity's part of the mesh in a small card, with the way to the tab. */
export function EntityAiMeshCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { data, error, refresh } = useOverview(entityRef, { window: '5m' });
  const tab = useRouteRef(rootRouteRef);
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const outcome = data && classifyAnswer(data);
  return (
    <InfoCard
      title={t('card.title')}
      deepLink={{ title: t('card.link'), link: tab() }}
    >
      <div className={classes.content}>
        {!data && !error && (
          <div role="status" aria-label={t('screen.loading')}>
            <Skeleton variant="rect" height={88} />
          </div>
        )}
        {!data && error && (
          <FailureState error={error} entityRef={entityRef} onRetry={refresh} />
        )}
        {data && error && (
          <RefreshFailure error={error} observedAt={data.observedAt} />
        )}
        {data && outcome && outcome !== 'content' && (
          <OutcomeState outcome={outcome} answer={data} onRetry={refresh} />
        )}
        {data && outcome === 'content' && (
          <Queries window={data.window} queries={data.queries}>
            <CardLines overview={data} />
            <SourcesNotice sources={data.sources} />
          </Queries>
        )}
      </div>
    </InfoCard>
  );
}
