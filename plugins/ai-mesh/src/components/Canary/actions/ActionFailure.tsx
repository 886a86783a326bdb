import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation } from '../../../translation';
import { Notice } from '../../Marks';
import { saidBy } from '../../States';
import { situationOf } from '../situation';
import { StateMark } from '../StateMark';

/** Why an action was not done: somebody was faster, or the backend refused. */
export function ActionFailure(props: { error?: Error; conflict?: Canary }) {
  const { error, conflict } = props;
  const { t } = useAiMeshTranslation();
  if (conflict) {
    const { title, said } = situationOf(conflict, t);
    return (
      <div role="alert">
        <Notice tone="degraded" title={t('canary.conflict.title')}>
          <div>
            <StateMark state={conflict.state} /> {title} {said}
          </div>
          <div>{t('canary.conflict.body')}</div>
        </Notice>
      </div>
    );
  }
  return error ? (
    <div role="alert">
      <Notice tone="failing" title={t('canary.failed.title')}>
        {saidBy(error) ?? t('state.badAnswer.body')}
      </Notice>
    </div>
  ) : null;
}
