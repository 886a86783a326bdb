import type {
  FixApplicationActionName,
  FindingFix,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../../api';
import { useAiMeshTranslation } from '../../translation';
import { ApplyDialog } from './ApplyDialog';
import { FixDiff } from './FixDiff';

/** What somebody is about to decide about writing a fix into the cluster, as it was when they began. */
export type Decision = {
  object: Pick<FindingFix['object'], 'kind' | 'name'>;
  before?: string;
  after: string;
} & (
  | { action: 'request'; finding: string }
  | { action: FixApplicationActionName; id: string; version: number }
);

/**
 * Asks for a decision. It belongs to the screen and not to the finding: a review may come in without the finding, or with
 * another path to it, while somebody writes why.
 */
export function FixDecision(props: {
  entityRef: string;
  decision: Decision;
  onDone: () => void;
  onClose: () => void;
}) {
  const { entityRef, decision, onDone, onClose } = props;
  const { action, object, before, after } = decision;
  const { t } = useAiMeshTranslation();
  const api = useApi(aiMeshApiRef);
  const decide = (reason: string | undefined) =>
    decision.action === 'request'
      ? api.requestFixApplication(entityRef, {
          finding: decision.finding,
          reason,
        })
      : api.actOnFixApplication(entityRef, decision.id, {
          action: decision.action,
          version: decision.version,
          reason,
        });
  return (
    <ApplyDialog
      title={t(`review.apply.title.${action}`, { ...object })}
      explanation={t(`review.apply.explain.${action}`)}
      deed={t(`review.apply.do.${action}`)}
      onSubmit={async reason => {
        await decide(reason);
        onDone();
      }}
      onClose={onClose}
    >
      <FixDiff
        kind={object.kind}
        name={object.name}
        before={before}
        after={after}
      />
    </ApplyDialog>
  );
}
