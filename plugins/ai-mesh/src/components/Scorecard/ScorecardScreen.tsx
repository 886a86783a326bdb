import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { useScorecard } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { ScreenFrame } from '../Screen';
import { FailureState } from '../States';
import { ScorecardContent } from './ScorecardContent';

/** What is expected of the entity, what of it is met, and where the rest is mended. */
export function ScorecardScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const polled = useScorecard(entityRef);
  const { data, error, refresh } = polled;
  const { t } = useAiMeshTranslation();
  return (
    <ScreenFrame polled={polled}>
      {!data && !error && (
        <div role="status" aria-label={t('screen.loading')}>
          <Skeleton height={48} width={240} />
          <Skeleton variant="rect" height={96} />
          <Skeleton variant="rect" height={240} />
        </div>
      )}
      {!data && error && (
        <FailureState error={error} entityRef={entityRef} onRetry={refresh} />
      )}
      {data && <ScorecardContent scorecard={data.answer} />}
    </ScreenFrame>
  );
}
