import { InputError } from '@backstage/errors';
import type { Check, Level, ScorecardRules } from './CheckRule';
import { contradictions } from './contradictions';
import { readyMadeChecks } from './readyMadeChecks';

/** What the configuration says of scorecards. */
export interface ScorecardSettings {
  /** Lowest first. */
  levels: readonly Level[];
  /** The ids of the ready-made checks that are wanted. */
  readyMade: readonly string[];
  checks: readonly Check[];
}

/**
 * The levels and all checks.
 *
 * @throws InputError where checks contradict each other, so that a level could never be reached
 */
export function scorecardRules({
  levels,
  readyMade,
  checks,
}: ScorecardSettings): ScorecardRules {
  const rules = {
    levels,
    checks: [...readyMadeChecks(levels, readyMade), ...checks],
  };
  const problems = contradictions(rules);
  if (problems.length > 0) {
    throw new InputError(
      `aiMesh.scorecard cannot be used: ${problems.join('; ')}. Change one of them, or leave a ready-made check out with aiMesh.scorecard.readyMade.`,
    );
  }
  return rules;
}
