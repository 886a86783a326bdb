import {
  canaryPlanWeights,
  canaryPercent,
  type CanaryDetails,
} from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { Age } from '../Figures';
import { Panel } from './Panel';
import { PatchDiff } from './preflight/PatchDiff';
import { PowerView } from './preflight/PowerView';
import { PreflightChecks } from './preflight/PreflightChecks';
import { PlanChart } from './weights/PlanChart';

/** What somebody who decides on a request has to see: the stairs, what speaks against it, the exact first write. */
export function ApprovalPanel(props: { canary: CanaryDetails }) {
  const { plan, preflight } = props.canary;
  const { t } = useAiMeshTranslation();
  return (
    <>
      <Panel title={t('canary.plan.title')}>
        <PlanChart
          steps={
            preflight?.steps.length ? preflight.steps : canaryPlanWeights(plan)
          }
          intervalSeconds={plan.intervalSeconds}
          present={preflight?.present ? canaryPercent(preflight.present) : 0}
          confirmBefore={plan.confirmBefore}
          headerPhase={plan.headerPhase !== undefined}
        />
        {preflight?.outlook && (
          <PowerView outlook={preflight.outlook} plan={plan} />
        )}
      </Panel>
      <Panel title={t('canary.preflight.title')}>
        {preflight ? (
          <>
            <Typography variant="body2" color="textSecondary">
              {t('canary.preflight.made')} <Age at={preflight.at} />
            </Typography>
            <PreflightChecks checks={preflight.checks} />
            <PatchDiff preflight={preflight} />
          </>
        ) : (
          <Typography variant="body2" color="textSecondary">
            {t('canary.preflight.none')}
          </Typography>
        )}
      </Panel>
    </>
  );
}
