import {
  wording,
  type CanaryPlan,
  type CanaryQualityGate,
} from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import { worded } from '../../worded';

/**
 * A plan with the further gates that it will be judged by: those that it names, or those that are on by default, and
 * always the required ones.
 *
 * @throws InputError for a name that no gate has
 */
export function withChosenGates(
  plan: CanaryPlan,
  gates: readonly CanaryQualityGate[],
): CanaryPlan {
  const named =
    plan.qualityGates ??
    gates.filter(({ use }) => use === 'default').map(({ name }) => name);
  const names = gates.map(({ name }) => name);
  const strangers = named.filter(name => !names.includes(name));
  if (strangers.length > 0) {
    throw worded(
      InputError,
      wording(names.length > 0 ? 'ask.noGate' : 'ask.noGates', {
        gates: strangers.join(', '),
        known: names.join(', '),
      }),
    );
  }
  return {
    ...plan,
    qualityGates: gates
      .filter(({ name, use }) => use === 'required' || named.includes(name))
      .map(({ name }) => name),
  };
}
