import type { ObjectiveProblem } from '@ai-mesh/plugin-ai-mesh-common';
import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { OpenSloIndicator, OpenSloObjective } from './OpenSlo';
import { DocumentReader, UnusableField } from './DocumentReader';
import { readIndicator } from './readIndicator';
import { readObjectives } from './readObjectives';

/** A file of SLOs is a few kilobytes; this is where it stops being one. */
export const MAX_BYTES = 1_000_000;

/** Kinds of OpenSLO that say nothing about objectives, and are passed over. */
const PASSED_OVER = new Set([
  'DataSource',
  'Service',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
]);

/**
 * Reads a file of OpenSLO v1 documents. What cannot be read is a problem with its line and column, and costs only
 * its own document.
 *
 * @param source - the file's location, as problems name it
 */
export function parseOpenSlo(
  text: string,
  source: string,
): { objectives: OpenSloObjective[]; problems: ObjectiveProblem[] } {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return {
      objectives: [],
      problems: [
        {
          source,
          message: `the file is larger than ${MAX_BYTES / 1_000_000} MB, which no list of objectives is`,
        },
      ],
    };
  }
  const lines = new LineCounter();
  const documents = [
    ...parseAllDocuments(text, { lineCounter: lines }),
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
    for (const error of document.errors) {
      const { line, col } = lines.linePos(error.pos[0]);
      problems.push({
        source,
        line,
        column: col,
        message: `not YAML: ${error.message.split('\n')[0]}`,
      });
    }
    return document.errors.length === 0 && document.contents !== null;
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
  return { objectives, problems };
}

function kindOf(reader: DocumentReader): string {
  const version = reader.text(['apiVersion'], 'openslo/v1');
  if (version !== 'openslo/v1') {
    throw new UnusableField(
      ['apiVersion'],
      `apiVersion must be openslo/v1, not '${version}'`,
    );
  }
  const kind = reader.text(['kind'], 'SLO');
  if (kind !== 'SLO' && kind !== 'SLI' && !PASSED_OVER.has(kind)) {
    throw new UnusableField(['kind'], `kind must be SLO or SLI, not '${kind}'`);
  }
  return kind;
}
