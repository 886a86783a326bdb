import type { DialectChoice } from '../dialects/chooseDialect';
import { ISTIO } from '../dialects/istioDialect';
import {
  countsSuccessesOnly,
  type EntitySignals,
} from '../signals/EntitySignals';

/** What a reader should know of the figures, by what they are read from. */
export function dialectNotes(
  choice: DialectChoice,
  signals: EntitySignals | undefined,
): string[] {
  const notes = [...choice.notes];
  if (choice.spellings.length > 0) {
    const unit = signals?.duration && unitName(signals.duration.unitMs);
    notes.push(
      `Its series were found under other names than the documented ones: ${choice.spellings.join(', ')}${unit ? `; durations are read in ${unit}` : ''}.`,
    );
  }
  if (!choice.dialect) {
    notes.push(
      'No series of any known dialect exist for the entity in the last 24 h.',
    );
  }
  if (signals?.duration?.form === 'quantiles') {
    notes.push(
      "Percentiles come from single processes and cannot be added up: the worst pod's are shown.",
    );
  }
  if (signals && countsSuccessesOnly(signals)) {
    notes.push(
      `${signals.dialect.name} counts no failures: errors are those that Istio saw (reporter ${signals.reporters.join(', then ') || 'none'}).`,
    );
  }
  if (signals && misses(signals)) {
    notes.push(
      `Requests that never reached ${signals.dialect.name} are not among its errors, and Istio has no series of requests to the service.`,
    );
  }
  if (signals?.borrowedErrors && !countsSuccessesOnly(signals)) {
    notes.push(
      `Requests that ${signals.dialect.name} itself counts as failed are errors, and so is what Istio saw beyond them: what never reached it.`,
    );
  }
  if (signals?.dialect.name === ISTIO) {
    notes.push(
      `Only the mesh reports (reporter ${signals.reporters.join(', then ') || 'none'}): one row a version, and latency is that of the whole answer, not of its first token.`,
    );
  }
  return notes;
}

/** Whether Istio would see failures that the dialect does not count, if it reported. */
function misses({ dialect, borrowedErrors }: EntitySignals): boolean {
  const { errors } = dialect;
  return (
    errors.kind === 'label' && errors.alsoIstio === true && !borrowedErrors
  );
}

const UNITS = new Map([
  [60_000, 'minutes'],
  [1000, 'seconds'],
  [1, 'milliseconds'],
  [0.001, 'microseconds'],
  [0.000_001, 'nanoseconds'],
]);

function unitName(unitMs: number): string {
  return UNITS.get(unitMs) ?? `units of ${unitMs} ms`;
}
