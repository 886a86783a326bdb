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
    gates: gatesOver(plan.gates, defaults.gates),
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

function gatesOver(gates: unknown, defaults: Json): unknown {
  if (!isObject(gates)) {
    return gates ?? defaults;
  }
  const names = new Set([...Object.keys(defaults), ...Object.keys(gates)]);
  return Object.fromEntries(
    Array.from(names, name => {
      const [asked, usual] = [gates[name], defaults[name]];
      return [
        name,
        isObject(asked) && isObject(usual)
          ? { ...usual, ...asked }
          : (asked ?? usual),
      ];
    }),
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
