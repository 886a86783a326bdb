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
import { CanaryTile } from '../Overview/CanaryTile';
import { EncryptionTile } from '../Overview/EncryptionTile';
import { FindingsTile } from '../Overview/FindingsTile';
import { SloTile } from '../Overview/SloTile';
import { TrafficTile } from '../Overview/TrafficTile';
import { SourcesNotice } from '../Sources';
import {
  classifyAnswer,
  FailureState,
  OutcomeState,
  RefreshFailure,
} from '../States';

const useStyles = makeStyles(theme => ({
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
    gap: theme.spacing(3),
  },
}));

/** The entity's part of the mesh in a card, with the way to the tab. */
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
      {!data && !error && (
        <div role="status" aria-label={t('screen.loading')}>
          <Skeleton variant="rect" height={160} />
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
          <SourcesNotice sources={data.sources} />
          <div className={classes.tiles}>
            <TrafficTile overview={data} jumps={[]} compact />
            <EncryptionTile overview={data} jumps={[]} compact />
            <CanaryTile overview={data} compact />
            <SloTile overview={data} jumps={[]} compact />
            {data.findings && (
              <FindingsTile findings={data.findings} jumps={[]} compact />
            )}
          </div>
        </Queries>
      )}
    </InfoCard>
  );
}
