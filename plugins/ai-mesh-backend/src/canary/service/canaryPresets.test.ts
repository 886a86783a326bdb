import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import * as fc from 'fast-check';
import { canaryPresets } from './canaryPresets';

const usual = canaryPlanSchema.parse({});

describe('the presets of the form', () => {
  it('are a careful, the usual and a fast plan unless configured', () => {
    const [careful, same, fast] = canaryPresets(usual);
    expect(same).toEqual({
      name: 'usual',
      title: { en: 'Usual', zh: '常规' },
      plan: usual,
    });
    expect(careful.plan).toMatchObject({
      steps: [1, 2, 5, 10, 20, 35, 50, 75, 100],
      intervalSeconds: 600,
      confidence: 0.999,
    });
    expect(fast.plan).toMatchObject({
      steps: [10, 30, 50, 100],
      intervalSeconds: 100,
      confidence: 0.95,
    });
  });

  it('are plans wherever the usual one is a plan', () => {
    fc.assert(
      fc.property(
        fc.record({
          intervalSeconds: fc.integer({ min: 5, max: 86_400 }),
          checkSeconds: fc.integer({ min: 1, max: 300 }),
          longestHoldSeconds: fc.integer({ min: 60, max: 604_800 }),
          confidence: fc.double({ min: 0.8, max: 0.9999, noNaN: true }),
          steps: fc.option(
            fc
              .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1 })
              .map(steps => steps.sort((a, b) => a - b)),
            { nil: undefined },
          ),
        }),
        plan => {
          const parsed = canaryPlanSchema.safeParse(plan);
          fc.pre(parsed.success);
          const target = parsed.data!.steps?.at(-1) ?? 100;
          const presets = canaryPresets(parsed.data!);
          expect(presets.map(({ plan: { steps } }) => steps?.at(-1))).toEqual([
            target,
            parsed.data!.steps?.at(-1),
            target,
          ]);
        },
      ),
    );
  });

  it('keep what they leave out as it usually is', () => {
    const [one] = canaryPresets(
      canaryPlanSchema.parse({ minRequests: 7, confirmBefore: [100] }),
      [
        {
          name: 'night',
          title: { en: 'At night', zh: '夜间' },
          plan: { intervalSeconds: 900 },
        },
      ],
    );
    expect(one.plan).toMatchObject({
      minRequests: 7,
      confirmBefore: [100],
      intervalSeconds: 900,
    });
  });

  it.each([
    [
      { intervalSeconds: 1 },
      'aiMesh.canary.presets[0].plan.intervalSeconds (night): The interval is between 5 and 86400 seconds',
    ],
    [{ interval: 30 }, 'aiMesh.canary.presets[0].plan (night): '],
    [
      { steps: [50, 20] },
      'aiMesh.canary.presets[0].plan.steps (night): Every step must be above the one before it',
    ],
  ])('say what is wrong with %j', (plan, message) => {
    expect(() =>
      canaryPresets(usual, [
        { name: 'night', title: { en: 'At night', zh: '夜间' }, plan },
      ]),
    ).toThrow(message);
  });
});
