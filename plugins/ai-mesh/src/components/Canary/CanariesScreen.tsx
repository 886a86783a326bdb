import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import EmptyIcon from '@material-ui/icons/CallSplit';
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router-dom';
import { useCanaries, useCanary, useMay } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { ClaimsNotice } from '../Ownership';
import { Message } from '../States';
import { ActionDialogs } from './actions/ActionDialogs';
import { GuardedButton } from './actions/GuardedButton';
import { whyNotRequest } from './actions/whyNot';
import { CanaryCard } from './CanaryCard';
import { CanaryFrame } from './CanaryFrame';
import { CanaryView } from './CanaryView';
import { EarlierTable } from './EarlierTable';
import { sortOut } from './sortOut';

/** The entity's canaries: the one that runs in full, several as cards, and those that have ended. */
export function CanariesScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const [pages, setPages] = useState(1);
  const polled = useCanaries(entityRef, pages);
  const may = useMay(entityRef);
  const navigate = useNavigate();
  const { t } = useAiMeshTranslation();
  const [params] = useSearchParams();
  const named = params.get('canary');
  if (named) {
    // As notifications link to it.
    return <Navigate to={`../canary/${encodeURIComponent(named)}`} replace />;
  }
  const readOnly = polled.data?.answer.readOnly;
  return (
    <ActionDialogs canaries={polled.data?.answer.canaries ?? []}>
      <CanaryFrame
        entityRef={entityRef}
        polled={polled}
        controls={
          <GuardedButton
            variant="contained"
            color="primary"
            why={
              whyNotRequest(entityRef, may, t) ??
              (readOnly &&
                t('canary.may.readOnly', {
                  clusters: readOnly.join(t('text.and')),
                }))
            }
            onClick={() => navigate('../canary/new')}
          >
            {t('canary.request.open')}
          </GuardedButton>
        }
      >
        {({ canaries, next, ownership }) => {
          const { current, earlier } = sortOut(canaries);
          return (
            <>
              <ClaimsNotice resolution={{ ownership }} />
              {current.length === 0 && (
                <Message
                  icon={EmptyIcon}
                  title={t('canary.empty.title')}
                  body={t('canary.empty.body')}
                />
              )}
              {current.length === 1 && (
                <Only
                  id={current[0].id}
                  entityRef={entityRef}
                  onDone={polled.refresh}
                />
              )}
              {current.length > 1 &&
                current.map(canary => (
                  <CanaryCard
                    key={canary.id}
                    canary={canary}
                    onDone={polled.refresh}
                  />
                ))}
              {earlier.length > 0 && <EarlierTable canaries={earlier} />}
              {next && (
                <Button onClick={() => setPages(pages + 1)}>
                  {t('canary.earlier.more')}
                </Button>
              )}
            </>
          );
        }}
      </CanaryFrame>
    </ActionDialogs>
  );
}

/** Where there is only one, nobody should have to open it. */
function Only(props: { id: string; entityRef: string; onDone: () => void }) {
  const [pages, setPages] = useState(1);
  const polled = useCanary(props.id, pages);
  return (
    <CanaryFrame entityRef={props.entityRef} polled={polled} bare>
      {canary => (
        <CanaryView
          canary={canary}
          onDone={() => {
            polled.refresh();
            props.onDone();
          }}
          onEarlier={() => setPages(pages + 1)}
        />
      )}
    </CanaryFrame>
  );
}
