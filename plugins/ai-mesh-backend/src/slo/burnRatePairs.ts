const HOUR = 3600;
const DAY = 24 * HOUR;

/** Two windows of one alert: it fires when both burn above the factor. */
export interface BurnRatePair {
  severity: 'page' | 'ticket';
  longWindowSeconds: number;
  shortWindowSeconds: number;
  /** The share of the period's budget that the long window spends at the factor, 0..1. */
  budgetShare: number;
  /** Times the sustainable rate. */
  factor: number;
}

/** The multi-window, multi-burn-rate alerts of the SRE Workbook, chapter 5. */
const pairs = [
  { severity: 'page', long: HOUR, short: HOUR / 12, share: 0.02 },
  { severity: 'page', long: 6 * HOUR, short: HOUR / 2, share: 0.05 },
  { severity: 'ticket', long: DAY, short: 2 * HOUR, share: 0.1 },
  { severity: 'ticket', long: 3 * DAY, short: 6 * HOUR, share: 0.1 },
] as const;

/**
 * The four pairs for an objective's period: factor = budget share x period / long window.
 *
 * A factor below 1 would fire while the budget lasts (a week's objective, 3 days' window: 0.23), so it is 1 there.
 * Windows that do not fit into the period are left out.
 */
export function burnRatePairs(periodSeconds: number): BurnRatePair[] {
  return pairs
    .filter(({ long }) => long <= periodSeconds)
    .map(({ severity, long, short, share }) => ({
      severity,
      longWindowSeconds: long,
      shortWindowSeconds: short,
      budgetShare: share,
      factor: Math.max(1, (share * periodSeconds) / long),
    }));
}
