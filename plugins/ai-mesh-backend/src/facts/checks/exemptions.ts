import { ANNOTATION_EXEMPTIONS } from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import { shortened } from '../../shortened';

/** A check that an entity is excused from. */
export interface Exemption {
  check: string;
  /** The last day, `2026-12-31`. */
  until: string;
  reason: string;
}

const LINE = /^(\S+)\s+until\s+(\d{4}-\d{2}-\d{2})\s*:\s*(.+)$/;
const MOST_CHARACTERS = 10_000;
const MOST_OF_A_REASON = 500;
/** Who mends twenty lines finds the others then. */
const MOST_PROBLEMS = 20;

/**
 * Reads the exemptions that an entity's annotation names, one a line.
 *
 * @param known - the ids of all checks
 */
export function readExemptions(
  { metadata }: Entity,
  known: readonly string[],
): { exemptions: Exemption[]; problems: string[] } {
  const text = metadata.annotations?.[ANNOTATION_EXEMPTIONS] ?? '';
  if (text.length > MOST_CHARACTERS) {
    return {
      exemptions: [],
      problems: [
        `The annotation ${ANNOTATION_EXEMPTIONS} has ${text.length} characters, and at most ${MOST_CHARACTERS} are read.`,
      ],
    };
  }
  const exemptions: Exemption[] = [];
  const problems: string[] = [];
  const lines = text.split('\n').map(line => line.trim());
  lines.forEach((line, index) => {
    if (line === '') {
      return;
    }
    const where = `Line ${index + 1} of the annotation ${ANNOTATION_EXEMPTIONS}`;
    const [, check, until, reason] = LINE.exec(line) ?? [];
    if (!check || !isDay(until)) {
      problems.push(
        `${where} cannot be read: write it like 'mtls until 2026-12-31: why, and what will be done'.`,
      );
    } else if (!known.includes(check)) {
      problems.push(
        `${where} names a check that there is not; there are ${known.join(', ')}.`,
      );
    } else {
      exemptions.push({
        check,
        until,
        reason: shortened(reason, MOST_OF_A_REASON),
      });
    }
  });
  const more = problems.length - MOST_PROBLEMS;
  return {
    exemptions,
    problems:
      more > 0
        ? [
            ...problems.slice(0, MOST_PROBLEMS),
            `${more} more lines of the annotation ${ANNOTATION_EXEMPTIONS} cannot be used either.`,
          ]
        : problems,
  };
}

/** A day that the calendar has. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
