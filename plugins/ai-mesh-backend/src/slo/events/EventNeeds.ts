import type { SloIndicator, SloObjective } from '../objectives/SloObjective';
import type { EntitySignals } from '../signals/EntitySignals';
import type { Series } from '../signals/Signal';
import { thresholdBounds } from './thresholdBounds';

/** Which counts some objectives need of one window. */
export interface EventNeeds {
  requests: boolean;
  fallbacks: boolean;
  duration: boolean;
  /** Bounds of buckets, in the metric's own unit. */
  bounds: number[];
  /** Thresholds of native histograms, in the metric's own unit. */
  thresholds: number[];
  /** By signal. */
  custom: [string, readonly Series[]][];
}

export function needsOf(
  objectives: readonly SloObjective[],
  signals: EntitySignals | undefined,
): EventNeeds {
  const needs: EventNeeds = {
    requests: false,
    fallbacks: false,
    duration: false,
    bounds: [],
    thresholds: [],
    custom: [],
  };
  for (const { id, indicator, unasked } of objectives) {
    if (unasked) {
      continue;
    }
    if (indicator.kind === 'custom') {
      needs.custom.push(...customSeries(id, indicator));
    } else if (indicator.kind === 'availability') {
      needs.requests = true;
      needs.fallbacks ||= indicator.fallbacksAreBad;
    } else {
      needs.duration = true;
      addThreshold(needs, indicator.thresholdMs, signals);
    }
  }
  needs.bounds = [...new Set(needs.bounds)];
  needs.thresholds = [...new Set(needs.thresholds)];
  return needs;
}

/** The names of a custom objective's counts. */
export function customSignal(id: string, part: 'good' | 'bad' | 'total') {
  return `custom ${part} ${id}`;
}

function customSeries(
  id: string,
  { good, bad, total }: Extract<SloIndicator, { kind: 'custom' }>,
): EventNeeds['custom'] {
  const parts = { total, good, bad };
  return (['total', 'good', 'bad'] as const).flatMap(
    (part): EventNeeds['custom'] => {
      const series = parts[part];
      return series ? [[customSignal(id, part), series]] : [];
    },
  );
}

function addThreshold(
  needs: EventNeeds,
  thresholdMs: number,
  signals: EntitySignals | undefined,
) {
  const duration = signals?.duration;
  if (duration?.form === 'classic') {
    const at = thresholdBounds(duration.bounds, thresholdMs / duration.unitMs);
    if (at) {
      needs.bounds.push(...[at.below, at.above].filter(bound => bound > 0));
    }
  } else if (duration?.form === 'native') {
    needs.thresholds.push(thresholdMs / duration.unitMs);
  }
}
