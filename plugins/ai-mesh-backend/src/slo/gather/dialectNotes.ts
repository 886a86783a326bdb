import {
  inEnglish,
  wording,
  type Slos,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
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
): Words[] {
  const notes = [...choice.notes];
  if (choice.spellings.length > 0) {
    const spellings = choice.spellings.join(', ');
    notes.push(
      signals?.duration
        ? spelledIn(spellings, signals.duration.unitMs)
        : wording('dialect.spellings', { spellings }),
    );
  }
  if (!choice.dialect) {
    notes.push(wording('dialect.noSeries'));
  }
  if (signals?.duration?.form === 'quantiles') {
    notes.push(wording('dialect.quantiles'));
  }
  if (signals && countsSuccessesOnly(signals)) {
    notes.push(reportedBy('dialect.successesOnly', signals));
  }
  if (signals && misses(signals)) {
    notes.push(wording('dialect.misses', { dialect: signals.dialect.name }));
  }
  if (signals?.borrowedErrors && !countsSuccessesOnly(signals)) {
    notes.push(wording('dialect.both', { dialect: signals.dialect.name }));
  }
  if (signals?.dialect.name === ISTIO) {
    notes.push(reportedBy('dialect.onlyMesh', signals));
  }
  return notes;
}

/** Notes as the API gives them, each once. */
export function dialectRemarks(
  words: readonly Words[],
): Pick<Slos['dialect'], 'notes' | 'noteWords'> {
  const notes = new Map(words.map(one => [inEnglish([one]), one]));
  return { notes: [...notes.keys()], noteWords: [...notes.values()] };
}

/** Whether Istio would see failures that the dialect does not count, if it reported. */
function misses({ dialect, borrowedErrors }: EntitySignals): boolean {
  const { errors } = dialect;
  return (
    errors.kind === 'label' && errors.alsoIstio === true && !borrowedErrors
  );
}

function reportedBy(
  what: 'dialect.successesOnly' | 'dialect.onlyMesh',
  { dialect, reporters }: EntitySignals,
): Words {
  return reporters.length > 0
    ? wording(`${what}.by`, {
        dialect: dialect.name,
        reporters: reporters.join(' → '),
      })
    : wording(what, { dialect: dialect.name });
}

const UNITS = new Map<number, TextKey>([
  [60_000, 'dialect.unit.minutes'],
  [1000, 'dialect.unit.seconds'],
  [1, 'dialect.unit.milliseconds'],
  [0.001, 'dialect.unit.microseconds'],
  [0.000_001, 'dialect.unit.nanoseconds'],
]);

function spelledIn(spellings: string, unitMs: number): Words {
  return wording(
    'dialect.spellingsIn',
    { spellings, unitMs },
    { unit: UNITS.get(unitMs) ?? 'dialect.unit.other' },
  );
}
