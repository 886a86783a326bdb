import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import { context, evidence } from './__testUtils__/measures';
import { judge } from './judge';
import { withGrowth } from './withGrowth';

const start = Date.UTC(2025, 5, 1, 12);
const at = (seconds: number) => new Date(start + seconds * 1000);

function growthOf(check: CanaryCheck) {
  return check.gates.find(({ gate }) => gate === 'error-rate')?.test?.growth;
}

/** A check every 15 seconds, the weights having changed at the start and again after so many seconds. */
function checks(count: number, changedAgain = Infinity): CanaryCheck {
  let before: CanaryCheck | undefined;
  for (let i = 1; i <= count; i++) {
    const now = i * 15;
    const since = now > changedAgain ? now - changedAgain : now;
    before = withGrowth(
      judge(context(evidence()), undefined, {}, at(now)),
      before,
      since * 1000,
      false,
    );
  }
  return before!;
}

it('keeps what each check found, oldest first', () => {
  expect(growthOf(checks(3))?.map(point => point.at)).toEqual(
    [15, 30, 45].map(seconds => at(seconds).toISOString()),
  );
});

it('begins anew with new weights', () => {
  expect(growthOf(checks(5, 50))?.map(point => point.at)).toEqual(
    [60, 75].map(seconds => at(seconds).toISOString()),
  );
});

it('never holds more points than a line needs, and always the latest', () => {
  const growth = growthOf(checks(500))!;
  expect(growth.length).toBeLessThanOrEqual(24);
  expect(growth.at(-1)?.at).toBe(at(7500).toISOString());
  expect(growth[0].at).toBe(at(15).toISOString());
});

it('is the least of what the next advance needs', () => {
  const check = judge(context(evidence()), undefined, {}, at(15));
  const gate = check.gates.find(one => one.gate === 'error-rate')!;
  const { belowBound, withinMargin, beyondBound, worseThanStable } =
    gate.test!.evidence;
  const [free] = growthOf(withGrowth(check, undefined, 15_000, false))!;
  const [earned] = growthOf(withGrowth(check, undefined, 15_000, true))!;
  expect(free.advance).toBeCloseTo(belowBound, 3);
  expect(earned.advance).toBeCloseTo(Math.min(belowBound, withinMargin), 3);
  expect(free.rollBack).toBeCloseTo(Math.min(beyondBound, worseThanStable), 3);
});
