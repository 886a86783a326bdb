import type { Canary, CanaryActionName } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { between } from '../../Figures';
import { Said } from '../../Marks';
import { ActionBar } from '../actions/ActionBar';
import { Countdown } from '../Countdown';
import { Panel } from '../Panel';

/** What this panel offers; the rest is offered beside the heading. */
export const cleanUpActions: readonly CanaryActionName[] = [
  'cleanUp',
  'undoCleanUp',
];

/** After a promotion: the old version's workloads may be scaled to nothing, and back for as long as that can be undone. */
export function CleanUpPanel(props: { canary: Canary; onDone: () => void }) {
  const { canary, onDone } = props;
  const { cleanUp } = canary;
  const { t } = useAiMeshTranslation();
  if (!cleanUp) {
    return null;
  }
  const { status, workloads, offeredAt, reversibleUntil, message, words } =
    cleanUp;
  return (
    <Panel title={t('canary.cleanUp.title')}>
      <Typography variant="body2">
        {t(`canary.cleanUp.${status}`)}
        {between(t)}
        {status === 'soaking' && offeredAt && <Countdown at={offeredAt} />}
      </Typography>
      {status === 'done' && reversibleUntil && (
        <Typography variant="body2">
          {t('canary.cleanUp.reversible')} <Countdown at={reversibleUntil} />
        </Typography>
      )}
      {workloads.length > 0 && (
        <Typography variant="body2" component="ul" style={{ margin: 0 }}>
          {workloads.map(({ object, replicas }) => (
            <li key={`${object.namespace} ${object.name}`}>
              {t('canary.cleanUp.workload', {
                kind: object.kind,
                name: object.name,
                count: replicas,
              })}
            </li>
          ))}
        </Typography>
      )}
      {message && (
        <Typography variant="body2">
          {t('canary.cleanUp.refused')}
          {between(t)}
          <Said of={{ message, words }} />
        </Typography>
      )}
      <ActionBar canary={canary} only={cleanUpActions} onDone={onDone} />
    </Panel>
  );
}
