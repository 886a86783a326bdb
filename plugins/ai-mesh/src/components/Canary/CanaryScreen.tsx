import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useParams } from 'react-router-dom';
import { useCanary } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { CanaryFrame } from './CanaryFrame';
import { CanaryView } from './CanaryView';

/** One canary, running or ended, by its id in the address. */
export function CanaryScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const { canaryId = '' } = useParams();
  const polled = useCanary(canaryId);
  const { t } = useAiMeshTranslation();
  return (
    <CanaryFrame
      entityRef={entityRef}
      polled={polled}
      controls={<Link to="../canary">{t('canary.list.back')}</Link>}
      missing={{
        title: t('canary.missing.title'),
        body: t('canary.missing.body', { id: canaryId }),
      }}
    >
      {canary => <CanaryView canary={canary} onDone={polled.refresh} />}
    </CanaryFrame>
  );
}
