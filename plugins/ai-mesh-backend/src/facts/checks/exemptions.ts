import {
  ANNOTATION_EXEMPTIONS,
  wording,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
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
): { exemptions: Exemption[]; problems: Words[] } {
  const text = metadata.annotations?.[ANNOTATION_EXEMPTIONS] ?? '';
  if (text.length > MOST_CHARACTERS) {
    return {
      exemptions: [],
      problems: [
        wording('exemption.tooLong', {
          annotation: ANNOTATION_EXEMPTIONS,
          count: text.length,
          most: MOST_CHARACTERS,
        }),
      ],
    };
  }
  const exemptions: Exemption[] = [];
  const problems: Words[] = [];
  const lines = text.split('\n').map(line => line.trim());
  lines.forEach((line, index) => {
    if (line === '') {
      return;
    }
    const where = { line: index + 1, annotation: ANNOTATION_EXEMPTIONS };
    const [, check, until, reason] = LINE.exec(line) ?? [];
    if (!check || !isDay(until)) {
      problems.push(wording('exemption.unreadable', where));
    } else if (!known.includes(check)) {
      problems.push(
        wording('exemption.noCheck', { ...where, checks: known.join(', ') }),
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
            wording('exemption.more', {
              count: more,
              annotation: ANNOTATION_EXEMPTIONS,
            }),
          ]
        : problems,
  };
}

/** A day that the calendar has. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
