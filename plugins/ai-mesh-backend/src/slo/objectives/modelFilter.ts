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

/** A pattern with `*` for anything, against a whole name: piece by piece, so that no pattern takes long. */
export function matchesPattern(pattern: string, name: string): boolean {
  const [first, ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return name === pattern;
  }
  if (!name.startsWith(first) || !name.endsWith(last)) {
    return false;
  }
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) {
      return false;
    }
    at = found + piece.length;
  }
  return at + last.length <= name.length;
}

/** The pattern as a regular expression that Prometheus understands too. */
export function patternRegex(pattern: string): string {
  return pattern.split('*').map(escapeRegex).join('[\\s\\S]*');
}

/** Several patterns as one expression. */
export function patternsRegex(patterns: readonly string[]): string {
  return patterns.map(patternRegex).join('|');
}
