import {
  eq,
  histogramCount,
  histogramFraction,
  increase,
  le,
  or,
  times,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import type { EntitySignals } from '../signals/EntitySignals';
import { named, namedVersions, sumOf, type Reading } from '../signals/Signal';
import type { EventNeeds } from './EventNeeds';

/** One part's name in an answer: what was counted, over which window. */
export function windowedSignal(signal: string, windowSeconds: number): string {
  return `${windowSeconds}|${signal}`;
}

/** The other way round: what was counted. */
export function signalOf(windowed: string): string {
  return windowed.slice(windowed.indexOf('|') + 1);
}

/**
 * What the needed counters grew by over a window, one row a model: however many models there are, it is as long.
 *
 * @param options - `read` takes the increase, or that of an earlier time; `as` is the number that tables find them by
 */
export function eventParts(
  needs: EventNeeds,
  signals: EntitySignals | undefined,
  windowSeconds: number,
  { read = increase, as = windowSeconds }: { read?: Reading; as?: number } = {},
): Expr[] {
  const part = (signal: string, expr: Expr) =>
    named(windowedSignal(signal, as), expr);
  const parts: Expr[] = needs.custom.map(([signal, series]) =>
    part(signal, sumOf({ series, by: [] }, read, windowSeconds)),
  );
  if (!signals) {
    return parts;
  }
  const { requests, errors, borrowedErrors, fallbacks, duration } = signals;
  if (needs.requests) {
    parts.push(part('requests', sumOf(requests, read, windowSeconds)));
    if (errors) {
      parts.push(part('errors', sumOf(errors, read, windowSeconds)));
    }
    if (borrowedErrors) {
      parts.push(
        part('borrowedErrors', sumOf(borrowedErrors, read, windowSeconds)),
      );
    }
  }
  if (needs.fallbacks && fallbacks) {
    parts.push(part('fallbacks', sumOf(fallbacks, read, windowSeconds)));
  }
  if (needs.duration && duration?.form === 'classic') {
    const buckets = (...matchers: Matcher[]) =>
      sumOf(duration.source, read, windowSeconds, { by: ['le'], matchers });
    parts.push(
      part(
        'buckets',
        or(
          buckets(eq('le', '+Inf')),
          ...needs.bounds.map(at => buckets(le(at))),
        ),
      ),
    );
  }
  if (needs.duration && duration?.form === 'native') {
    const histograms = sumOf(duration.source, read, windowSeconds);
    const all = histogramCount(histograms);
    const byName = (count: Expr) => namedVersions(duration.source, count);
    parts.push(
      part('duration', byName(all)),
      ...needs.thresholds.map(threshold =>
        part(
          `good ${threshold}`,
          byName(times(histogramFraction(threshold, histograms), all)),
        ),
      ),
    );
  }
  return parts;
}

/** The parts as one question; undefined where there is nothing to ask. */
export function oneQuestion(parts: readonly Expr[]): Expr | undefined {
  const [first, ...more] = parts;
  return first && or(first, ...more);
}

/** A question of so many parts is still answered in a second, and its text passes a proxy that stops at a megabyte. */
const MOST_PARTS = 1000;

/** As {@link oneQuestion}, or in a few where there are very many parts: their number has the limits of files as a bound. */
export function fewQuestions(parts: readonly Expr[]): Expr[] {
  const questions: Expr[] = [];
  for (let at = 0; at < parts.length; at += MOST_PARTS) {
    const [first, ...more] = parts.slice(at, at + MOST_PARTS);
    questions.push(or(first, ...more));
  }
  return questions;
}
