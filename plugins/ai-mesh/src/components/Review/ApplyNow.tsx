import {
  aiMeshFixApplyPermission,
  type Finding,
  type FindingFix,
} from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useMayApply } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { GuardedButton } from '../Canary/actions/GuardedButton';
import type { Decision } from './FixDecision';

/** Asks that a fix is written into the cluster; says why not where the reader may not. */
export function ApplyNow(props: {
  finding: Finding;
  fix: FindingFix;
  /** One of the same finding waits, or is being written. */
  isUnderway: boolean;
  onDecide: (decision: Decision) => void;
}) {
  const { finding, fix, isUnderway, onDecide } = props;
  const { t } = useAiMeshTranslation();
  const entityRef = stringifyEntityRef(useEntity().entity);
  const may = useMayApply(entityRef);
  return (
    <GuardedButton
      size="small"
      color="primary"
      variant="outlined"
      why={whyNot()}
      onClick={() =>
        onDecide({
          action: 'request',
          finding: finding.id,
          object: fix.object,
          before: fix.before,
          after: fix.yaml,
        })
      }
    >
      {t('review.apply.ask')}
    </GuardedButton>
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
