import {
  canaryPlanSchema,
  canaryPlanWeights,
  type CanaryPlan,
} from '@ai-mesh/plugin-ai-mesh-common';

type Json = Record<string, unknown>;

/**
 * A request's plan over the configuration's: what the request says counts, gate by gate and setting by setting. Not
 * checked yet.
 */
export function withDefaults(plan: unknown, defaults: CanaryPlan): unknown {
  if (plan === undefined) {
    return defaults;
  }
  if (!isObject(plan)) {
    return plan;
  }
  const merged: Json = {
    ...defaults,
    ...plan,
    gates: over(plan.gates, defaults.gates),
  };
  const weighs = ['initialWeight', 'stepWeight', 'targetWeight'];
  // Whoever names weights means these, not a list of steps that would replace them.
  if (!('steps' in plan) && weighs.some(key => key in plan)) {
    delete merged.steps;
  }
  if (
    !('confirmBefore' in plan) &&
    [...weighs, 'steps'].some(key => key in plan)
  ) {
    merged.confirmBefore = confirmable(merged, defaults.confirmBefore);
  }
  return merged;
}

/** What is asked for over what is usual, setting by setting, however deep. */
function over(asked: unknown, usual: unknown): unknown {
  if (!isObject(asked) || !isObject(usual)) {
    return asked ?? usual;
  }
  const names = new Set([...Object.keys(usual), ...Object.keys(asked)]);
  return Object.fromEntries(
    Array.from(names, name => [name, over(asked[name], usual[name])]),
  );
}

/** The configuration's confirmations that still fall on a step. */
function confirmable(
  { initialWeight, stepWeight, targetWeight, steps }: Json,
  confirmBefore: readonly number[],
): number[] {
  const weights = canaryPlanSchema.safeParse({
    initialWeight,
    stepWeight,
    targetWeight,
    steps,
  });
  return weights.success
    ? confirmBefore.filter(weight =>
        canaryPlanWeights(weights.data).slice(1).includes(weight),
      )
    : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
