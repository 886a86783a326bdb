import {
  aiMeshFixApplyPermission,
  type Finding,
  type FindingFix,
} from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useState } from 'react';
import { aiMeshApiRef } from '../../api';
import { useMayApply } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { GuardedButton } from '../Canary/actions/GuardedButton';
import { ApplyDialog } from './ApplyDialog';
import { FixDiff } from './FixDiff';

/** Asks that a fix is written into the cluster; says why not where the reader may not. */
export function ApplyNow(props: {
  finding: Finding;
  fix: FindingFix;
  /** One of the same finding waits, or is being written. */
  isUnderway: boolean;
  onDone: () => void;
}) {
  const { finding, fix, isUnderway, onDone } = props;
  const { t } = useAiMeshTranslation();
  const entityRef = stringifyEntityRef(useEntity().entity);
  const api = useApi(aiMeshApiRef);
  const may = useMayApply(entityRef);
  const [isOpen, setOpen] = useState(false);
  const { kind, name } = fix.object;
  return (
    <>
      <GuardedButton
        size="small"
        color="primary"
        variant="outlined"
        why={whyNot()}
        onClick={() => setOpen(true)}
      >
        {t('review.apply.ask')}
      </GuardedButton>
      {isOpen && (
        <ApplyDialog
          title={t('review.apply.title.request', { kind, name })}
          explanation={t('review.apply.explain.request')}
          deed={t('review.apply.do.request')}
          onSubmit={async reason => {
            await api.requestFixApplication(entityRef, {
              finding: finding.id,
              reason,
            });
            onDone();
          }}
          onClose={() => setOpen(false)}
        >
          <FixDiff
            kind={kind}
            name={name}
            before={fix.before}
            after={fix.yaml}
          />
        </ApplyDialog>
      )}
    </>
  );

  function whyNot(): string | undefined {
    if (isUnderway) {
      return t('review.apply.underway');
    }
    if (may.loading) {
      return t('canary.may.loading');
    }
    return may.allowed
      ? undefined
      : t('canary.may.lacks', {
          permission: aiMeshFixApplyPermission.name,
          entity: entityRef,
        });
  }
}
