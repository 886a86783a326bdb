import {
  canaryPlanSchema,
  type CanaryPlan,
  type CanaryPreset,
} from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import { titleOfText } from '../../titles';
import { withDefaults } from './withDefaults';

/** A preset as the configuration writes it: what it leaves out of its plan is the portal's usual. */
export interface ConfiguredPreset {
  name: string;
  title: CanaryPreset['title'];
  plan: Record<string, unknown>;
}

/**
 * The plans that a request form offers by name: the configured ones, else a careful, the usual and a fast one.
 *
 * @throws InputError that names the preset whose plan is wrong, and its setting
 */
export function canaryPresets(
  defaults: CanaryPlan,
  configured: readonly ConfiguredPreset[] = offered(defaults),
): CanaryPreset[] {
  return configured.map(({ name, title, plan }, index) => {
    const parsed = canaryPlanSchema.safeParse(withDefaults(plan, defaults));
    if (!parsed.success) {
      const said = parsed.error.issues.map(
        ({ path, message }) =>
          `aiMesh.canary.presets[${index}].plan${path.map(part => `.${String(part)}`).join('')} (${name}): ${message}`,
      );
      throw new InputError(said.join('\n'));
    }
    return { name, title, plan: parsed.data };
  });
}

/** By the usual plan, so that they stay what their names say where it is another. */
function offered(usual: CanaryPlan): ConfiguredPreset[] {
  const target = usual.steps?.at(-1) ?? usual.targetWeight;
  const upTo = (...weights: number[]) => [
    ...weights.filter(weight => weight < target),
    target,
  ];
  return [
    {
      name: 'careful',
      title: titleOfText('title.careful'),
      plan: {
        steps: upTo(1, 2, 5, 10, 20, 35, 50, 75),
        intervalSeconds: Math.min(
          2 * usual.intervalSeconds,
          usual.longestHoldSeconds,
          86_400,
        ),
        confidence: Math.max(usual.confidence, 0.999),
      },
    },
    { name: 'usual', title: titleOfText('title.usual'), plan: {} },
    {
      name: 'fast',
      title: titleOfText('title.fast'),
      plan: {
        steps: upTo(10, 30, 50),
        intervalSeconds: Math.max(
          Math.ceil(usual.intervalSeconds / 3),
          usual.checkSeconds,
          5,
        ),
        confidence: Math.min(usual.confidence, 0.95),
      },
    },
  ];
}
