import type { CanaryPower } from '@ai-mesh/plugin-ai-mesh-common';
import { beginCounting, patienceOf } from '../gates';
import { expectRun, usual, type Foreseen } from './expectRun';

/** A canary beyond its bound by so many times is what nobody wants to overlook. */
const TIMES_BOUND = 3;
const TIMES_MARGIN = 2;

/**
 * How long a plan takes at an amount of traffic, and how soon it would notice canaries that are worse; undefined where
 * the error rate is no gate.
 */
export async function decisionPower(
  foreseen: Foreseen,
): Promise<CanaryPower | undefined> {
  const { errorRate } = foreseen.plan.gates;
  if (!errorRate.enabled || foreseen.steps.length === 0) {
    return undefined;
  }
  const today = usual(foreseen.before.slices.errorRate);
  const run = (errorRatio: number) =>
    expectRun(foreseen, Math.min(1, errorRatio));
  return {
    noWorse: await run(today),
    failing: await run(Math.max(TIMES_BOUND * errorRate.rollBackAbove, today)),
    worse: await run(today + TIMES_MARGIN * errorRate.nonInferiorityMargin),
    ...slowDrip(foreseen),
  };
}

/** When a share between the bounds gets its answer, where no person is asked before. */
function slowDrip({
  plan,
  steps: [percent],
  requestsPerSecond,
  before,
  lagSeconds,
}: Foreseen): Pick<CanaryPower, 'drip'> {
  const requests = patienceOf({
    plan,
    bounds: plan.gates.errorRate,
    evidence: beginCounting(before).shares.errorRate,
  });
  const seconds = (100 * requests) / (requestsPerSecond * percent) + lagSeconds;
  return seconds <= plan.longestHoldSeconds
    ? { drip: { requests, seconds, percent } }
    : {};
}
