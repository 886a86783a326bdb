import type { CanaryPreset } from '@ai-mesh/plugin-ai-mesh-common';
import { draftOf, type PlanDraft, weightsOf } from './planDraft';

/** What a preset fills in. The window to start in, and what else is an option, stays as it was. */
export function withPreset(
  draft: PlanDraft,
  preset: CanaryPreset,
  leastIntervalSeconds = 0,
): PlanDraft {
  const { plan } = preset;
  const filled = draftOf({
    ...plan,
    // A cluster that is scraped more seldom cannot judge a step any sooner.
    intervalSeconds: Math.max(plan.intervalSeconds, leastIntervalSeconds),
    longestHoldSeconds: Math.max(plan.longestHoldSeconds, leastIntervalSeconds),
  });
  const {
    headerPhase,
    headers,
    affinity,
    cookie,
    cookieSeconds,
    cookieSecure,
    cleanUp,
    soakSeconds,
    reversibleSeconds,
    qualityGates,
  } = draft;
  return {
    ...filled,
    ...(!plan.headerPhase && { headerPhase, headers }),
    ...(!plan.affinity && { affinity, cookie, cookieSeconds, cookieSecure }),
    ...(!plan.cleanUp && { cleanUp, soakSeconds, reversibleSeconds }),
    ...(!plan.qualityGates && { qualityGates }),
    notBefore: draft.notBefore,
    notAfter: draft.notAfter,
  };
}

/** The preset that the draft is, if it is one. */
export function presetOf(
  draft: PlanDraft,
  presets: readonly CanaryPreset[],
  leastIntervalSeconds?: number,
): CanaryPreset | undefined {
  const said = essence(draft);
  return presets.find(
    preset => essence(withPreset(draft, preset, leastIntervalSeconds)) === said,
  );
}

/** Even steps that are written out are the same plan. */
function essence(draft: PlanDraft): string {
  const { mode, initialWeight, stepWeight, targetWeight, steps, ...rest } =
    draft;
  return JSON.stringify([weightsOf(draft), rest]);
}
