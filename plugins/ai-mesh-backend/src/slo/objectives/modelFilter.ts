import { escapeRegex } from '../../prometheus/promql';
import type { ModelFilter } from './SloObjective';

/** Whether an objective is for a model. */
export function isFor(filter: ModelFilter | undefined, model: string): boolean {
  return (
    !filter ||
    (filter.include.some(pattern => matchesPattern(pattern, model)) &&
      !filter.exclude.some(pattern => matchesPattern(pattern, model)))
  );
}

/** A pattern with `*` for anything, against a whole name. */
export function matchesPattern(pattern: string, name: string): boolean {
  return new RegExp(`^(?:${patternRegex(pattern)})$`).test(name);
}

/** The pattern as a regular expression that Prometheus understands too. */
export function patternRegex(pattern: string): string {
  return pattern.split('*').map(escapeRegex).join('[\\s\\S]*');
}

/** Several patterns as one expression. */
export function patternsRegex(patterns: readonly string[]): string {
  return patterns.map(patternRegex).join('|');
}
