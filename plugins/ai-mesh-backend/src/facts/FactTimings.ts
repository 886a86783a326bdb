/** How often facts are computed, and how long they are kept. */
export interface FactTimings {
  /** Every entity has its turn once in this. */
  periodMs: number;
  /** How often it is looked whose turn it is. */
  tickMs: number;
  /** Facts that were not computed for so long are not known any more. */
  outdatedAfterMs: number;
  /** How long every change is kept. */
  keepChangesMs: number;
  /** How long the last of every day is kept. */
  keepDaysMs: number;
}

const MINUTE_MS = 60_000;

/** What follows from how often facts are to be computed. */
export function factTimings(settings: {
  periodMs: number;
  keepChangesMs: number;
  keepDaysMs: number;
}): FactTimings {
  const { periodMs } = settings;
  return {
    ...settings,
    tickMs: Math.min(Math.max(periodMs / 20, 5_000), MINUTE_MS),
    // Two turns may fail; a portal that restarts is no gap.
    outdatedAfterMs: Math.max(3 * periodMs, 5 * MINUTE_MS),
  };
}
