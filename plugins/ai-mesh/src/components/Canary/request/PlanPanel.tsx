import { canaryPercent, type CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { Panel } from '../Panel';
import { PowerView } from '../preflight/PowerView';
import { PlanChart } from '../weights/PlanChart';
import { planSchedule } from '../weights/planSchedule';
import type { Preview } from './usePreview';

/** What the request would do: its stairs on this route, and what it is expected to come to. */
export function PlanPanel(props: {
  plan: CanaryPlan | undefined;
  /** The plan's weights as far as they can be read, percent. */
  weights: number[];
  preview: Preview;
}) {
  const { plan, weights, preview } = props;
  const { preflight } = preview;
  const { t, format } = useFormat();
  const present = preflight?.present ? canaryPercent(preflight.present) : 0;
  const steps = preflight?.steps.length
    ? preflight.steps
    : weights.filter(weight => weight > present);
  const headerPhase = plan?.headerPhase !== undefined;
  const last = plan
    ? planSchedule(steps, plan.intervalSeconds, present, headerPhase).at(-1)
    : undefined;
  return (
    <Panel title={t('canary.plan.title')}>
      {plan && last ? (
        <>
          <PlanChart
            steps={steps}
            intervalSeconds={plan.intervalSeconds}
            present={present}
            confirmBefore={plan.confirmBefore}
            headerPhase={headerPhase}
          />
          <Typography variant="body2">
            {t('canary.plan.summary', {
              steps: steps.map(step => format.percent(step / 100)).join(' → '),
              duration: format.duration(last.atSeconds * 1000),
            })}
          </Typography>
          {preflight?.outlook && (
            <PowerView outlook={preflight.outlook} plan={plan} />
          )}
        </>
      ) : (
        <Typography variant="body2" color="textSecondary">
          {t('canary.plan.unreadable')}
        </Typography>
      )}
    </Panel>
  );
}
