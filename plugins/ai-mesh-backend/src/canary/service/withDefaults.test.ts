import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { withDefaults } from './withDefaults';

const defaults = canaryPlanSchema.parse({
  steps: [5, 50, 100],
  confirmBefore: [50],
  intervalSeconds: 60,
  gates: {
    throttled: { enabled: false },
    errorRate: { rollBackAbove: 0.2 },
    latencyP99: { slowShare: { rollBackAbove: 0.1 } },
  },
});
const plan = (asked: unknown) =>
  canaryPlanSchema.parse(withDefaults(asked, defaults));

describe('withDefaults', () => {
  it('takes the configuration’s plan where a request says nothing', () => {
    expect(plan(undefined)).toEqual(defaults);
    expect(plan({})).toEqual(defaults);
  });

  it('lets the request’s word count, setting by setting', () => {
    expect(
      plan({
        checkSeconds: 5,
        gates: {
          errorRate: { advanceBelow: 0.02 },
          latencyP99: { slowShare: { advanceBelow: 0.03 } },
        },
      }),
    ).toEqual({
      ...defaults,
      checkSeconds: 5,
      gates: {
        ...defaults.gates,
        errorRate: {
          enabled: true,
          rollBackAbove: 0.2,
          advanceBelow: 0.02,
          nonInferiorityMargin: 0.01,
        },
        latencyP99: {
          ...defaults.gates.latencyP99,
          slowShare: {
            rollBackAbove: 0.1,
            advanceBelow: 0.03,
            nonInferiorityMargin: 0.02,
          },
        },
      },
    });
  });

  it('takes named weights for what they are, and keeps confirmations that still fall on a step', () => {
    const weighed = plan({ initialWeight: 10, stepWeight: 40 });
    expect(weighed.steps).toBeUndefined();
    expect(weighed).toMatchObject({
      confirmBefore: [50],
    });
    expect(plan({ steps: [1, 100] })).toMatchObject({
      steps: [1, 100],
      confirmBefore: [],
    });
    expect(plan({ targetWeight: 30 }).confirmBefore).toEqual([]);
  });

  it.each([
    [7],
    ['fast'],
    [null],
    [[]],
    [{ gates: 5 }],
    [{ gates: { errorRate: 1 } }],
    [{ stepWeight: -5 }],
  ])('leaves %j for the schema to refuse', asked => {
    expect(() => plan(asked)).toThrow();
  });
});
