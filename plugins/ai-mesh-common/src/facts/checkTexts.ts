/** The words of one ready-made check. @public */
export interface CheckText {
  title: string;
  /** Why it matters for AI traffic. */
  why: string;
  /** What to do where it fails, in one sentence. */
  todo: string;
}

/** The ready-made checks for AI services. @public */
export const readyMadeCheckIds = [
  'mtls',
  'authorization',
  'retries',
  'timeouts',
  'breaker',
  'slo',
  'model-tag',
  'certificates',
  'canary',
  'findings',
] as const;

/** @public */
export type ReadyMadeCheckId = (typeof readyMadeCheckIds)[number];

/** The levels of a portal that configures none, lowest first. @public */
export const defaultLevels: readonly { id: string; title: string }[] = [
  { id: 'bronze', title: 'Bronze' },
  { id: 'silver', title: 'Silver' },
  { id: 'gold', title: 'Gold' },
];
