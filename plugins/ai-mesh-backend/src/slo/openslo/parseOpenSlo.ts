import {
  said,
  wording,
  type ObjectiveProblem,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Composer, LineCounter, Parser, type Document } from 'yaml';
import { beyondLimits, beyondSize, repeatedKey } from './beyondLimits';
import type { DocumentLimits } from './DocumentLimits';
import type { OpenSloIndicator, OpenSloObjective } from './OpenSlo';
import { DocumentReader, UnusableField } from './DocumentReader';
import { readIndicator } from './readIndicator';
import { readObjectives } from './readObjectives';

/** Kinds of OpenSLO that say nothing about objectives, and are passed over. */
const PASSED_OVER = new Set([
  'DataSource',
  'Service',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
]);

/** Who mends fifty mistakes finds the others then. */
const MOST_PROBLEMS = 50;

/**
 * Reads a file of OpenSLO v1 documents. What cannot be read is a problem with its line and column, and costs only
 * its own document; a file beyond the limits is not read at all.
 *
 * @param source - the file's location, as problems name it
 */
export function parseOpenSlo(
  text: string,
  source: string,
  limits: DocumentLimits,
): { objectives: OpenSloObjective[]; problems: ObjectiveProblem[] } {
  const size = beyondSize(text, limits);
  if (size) {
    return { objectives: [], problems: [{ source, ...said(size) }] };
  }
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  // Step by step what `parseAllDocuments` does at once: limits are looked at between the text's tokens and its tree.
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const beyond = beyondLimits(tokens, limits);
  if (beyond) {
    const { offset, words } = beyond;
    return {
      objectives: [],
      problems: [
        { source, ...(offset !== undefined && place(offset)), ...said(words) },
      ],
    };
  }
  const documents = [
    // Its own check compares each key with every other one.
    ...new Composer({ uniqueKeys: false }).compose(tokens),
  ] as Document[];
  const problems: ObjectiveProblem[] = [];
  const attempt = <T>(document: Document, read: (r: DocumentReader) => T) => {
    const reader = new DocumentReader(document, lines, source);
    try {
      return read(reader);
    } catch (error) {
      if (!(error instanceof UnusableField)) {
        throw error;
      }
      problems.push(reader.problem(error));
      return undefined;
    }
  };

  const readable = documents.filter(document => {
    const [broken] = document.errors;
    const trouble = broken
      ? {
          offset: broken.pos[0],
          words: wording('openslo.notYaml', {
            text: broken.message.split('\n')[0],
          }),
        }
      : repeatedKey(document);
    if (trouble) {
      problems.push({
        source,
        ...place(trouble.offset),
        ...said(trouble.words),
      });
    }
    return !trouble && document.contents !== null;
  });

  const kinds = new Map(
    readable.map(document => [document, attempt(document, kindOf)]),
  );
  const indicators = new Map<string, OpenSloIndicator>();
  for (const document of readable) {
    if (kinds.get(document) === 'SLI') {
      attempt(document, reader =>
        indicators.set(
          reader.text(['metadata', 'name'], 'chat-errors'),
          readIndicator(reader, ['spec']),
        ),
      );
    }
  }
  const objectives = readable
    .filter(document => kinds.get(document) === 'SLO')
    .flatMap(
      document =>
        attempt(document, reader => readObjectives(reader, indicators)) ?? [],
    );
  if (objectives.length > limits.objectives) {
    problems.unshift({
      source,
      ...objectives[limits.objectives].place,
      ...said(
        wording('openslo.objectives', {
          count: objectives.length,
          most: limits.objectives,
        }),
      ),
    });
  }
  return {
    objectives: objectives.slice(0, limits.objectives),
    problems: fewer(problems, source),
  };
}

function fewer(
  problems: ObjectiveProblem[],
  source: string,
): ObjectiveProblem[] {
  const more = problems.length - MOST_PROBLEMS;
  return more > 0
    ? [
        ...problems.slice(0, MOST_PROBLEMS),
        { source, ...said(wording('openslo.moreProblems', { more })) },
      ]
    : problems;
}

function kindOf(reader: DocumentReader): string {
  const version = reader.text(['apiVersion'], 'openslo/v1');
  if (version !== 'openslo/v1') {
    throw new UnusableField(
      ['apiVersion'],
      wording('openslo.apiVersion', { version }),
    );
  }
  const kind = reader.text(['kind'], 'SLO');
  if (kind !== 'SLO' && kind !== 'SLI' && !PASSED_OVER.has(kind)) {
    throw new UnusableField(['kind'], wording('openslo.kind', { kind }));
  }
  return kind;
}
