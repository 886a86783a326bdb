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
  if (signals?.dialect.name === ISTIO) {
    notes.push(
      `Only the mesh reports (reporter ${signals.reporters.join(', then ') || 'none'}): one row a version, and latency is that of the whole answer, not of its first token.`,
    );
  }
  return notes;
}
