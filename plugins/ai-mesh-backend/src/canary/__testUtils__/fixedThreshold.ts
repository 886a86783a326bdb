import { runOf } from '../statistics';
import type { Decider, Judge } from './simulatedPromotion';

/** Of the examples that Flagger ships: a success rate of 99 %, five failed checks, a check a minute. */
const LEAST_SUCCESS = 0.99;
const MOST_FAILED_CHECKS = 5;
const CHECK_SECONDS = 60;

/**
 * A judge with a fixed threshold, for comparison: the share of the last minute's requests, whatever it stands on. Failed
 * checks add up over the run; a check without a request passes over.
 */
export function fixedThreshold(): Decider {
  return { judge: judgeOfShares(), followsScrapes: false };
}

function judgeOfShares(): Judge {
  let failed = 0;
  let checkedAt = 0;
  let before = { requests: 0, bad: 0 };
  let passing = false;
  return ({ counted, evidence }, _young, at) => {
    const seconds = at.getTime() / 1000;
    const say = (outcome: 'pass' | 'breach') => ({
      at: at.toISOString(),
      windowSeconds: evidence.windowSeconds,
      gates: [],
      verdict: { outcome, message: `${failed} failed checks` },
    });
    const hold = {
      ...say('pass'),
      verdict: {
        outcome: 'hold' as const,
        reason: 'between-thresholds' as const,
        message: 'waits',
      },
    };
    if (counted.status === 'unknown' || seconds - checkedAt < CHECK_SECONDS) {
      return passing ? say('pass') : hold;
    }
    const { canary } = runOf(counted.value.shares.errorRate);
    const requests = canary.requests - before.requests;
    const bad = canary.bad - before.bad;
    checkedAt = seconds;
    before = canary;
    passing = requests > 0 && 1 - bad / requests >= LEAST_SUCCESS;
    failed += requests > 0 && !passing ? 1 : 0;
    if (failed >= MOST_FAILED_CHECKS) {
      return say('breach');
    }
    return passing ? say('pass') : hold;
  };
}
