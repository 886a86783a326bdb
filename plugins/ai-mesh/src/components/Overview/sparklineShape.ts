import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';

/** Pixels. */
export const SPARKLINE_HEIGHT = 64;

type History = Extract<
  Overview['traffic']['sparkline'],
  { status: 'known' }
>['value'];

/** What a person who cannot see the line is told of it; undefined where it has no point. */
export function sparklineShape(history: History) {
  const rates = history.flatMap(({ requestsPerSecond }) =>
    requestsPerSecond === null ? [] : [requestsPerSecond],
  );
  if (rates.length === 0) {
    return undefined;
  }
  return {
    /** The last measurement, requests per second. */
    now: rates[rates.length - 1],
    low: Math.min(...rates),
    high: Math.max(...rates),
    /** The share of the hour without a measurement, 0..1. */
    gaps: 1 - rates.length / history.length,
  };
}
