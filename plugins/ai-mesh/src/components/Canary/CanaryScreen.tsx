import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { useCanary } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { ClaimsNotice } from '../Ownership';
import { ActionDialogs } from './actions/ActionDialogs';
import { CanaryFrame } from './CanaryFrame';
import { CanaryView } from './CanaryView';

/** One canary, running or ended, by its id in the address. */
export function CanaryScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const { canaryId = '' } = useParams();
  const [pages, setPages] = useState(1);
  const polled = useCanary(canaryId, pages);
  const canary = polled.data?.answer;
  const { t } = useAiMeshTranslation();
  return (
    <ActionDialogs canaries={canary ? [canary, ...(canary.others ?? [])] : []}>
      <CanaryFrame
        entityRef={entityRef}
        polled={polled}
        controls={<Link to="../canary">{t('canary.list.back')}</Link>}
        missing={{
          title: t('canary.missing.title'),
          body: t('canary.missing.body', { id: canaryId }),
        }}
      >
        {shown => (
          <>
            <ClaimsNotice resolution={shown} />
            <CanaryView
              canary={shown}
              onDone={polled.refresh}
              onEarlier={() => setPages(pages + 1)}
            />
          </>
        )}
      </CanaryFrame>
    </ActionDialogs>
  );
}
