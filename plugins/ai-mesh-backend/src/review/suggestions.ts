import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';

const SECOND = 1000;
const STEPS_MS = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600].map(
  seconds => seconds * SECOND,
);
/** What a model needs that nobody has measured yet. */
const USUAL_MS = 60 * SECOND;

/**
 * A timeout that leaves normal answers alone: a round number, at least half as much again as the slowest hundredth
 * takes, and no less than what has to fit into it.
 */
export function timeoutFor(p99Ms: Measured<number>, atLeastMs = 0): number {
  const wanted = Math.max(
    p99Ms.status === 'known' ? p99Ms.value * 1.5 : USUAL_MS,
    atLeastMs,
  );
  return (
    STEPS_MS.find(step => step >= wanted) ??
    Math.ceil(wanted / (60 * SECOND)) * 60 * SECOND
  );
}

/** A limit with room above a peak, in tens. */
export function limitFor(peak: number): number {
  return Math.max(100, Math.ceil((peak * 2) / 10) * 10);
}

/** Percent. Of two endpoints or more this takes away at least one and no more than half, and of a single one nothing. */
export const EJECTABLE_PERCENT = 50;
