import type { MessagePort } from 'worker_threads';
import { openSloObjectives } from '../objectives/openSloObjectives';
import type { DocumentObjectives } from '../objectives/Problem';
import type { DocumentLimits } from './DocumentLimits';
import { parseOpenSlo } from './parseOpenSlo';

/** Where this module is, for a thread that runs it: the source in development, the built file elsewhere. */
export const readDocumentFile = __filename;

/** A file's text, and what its problems and objectives name as their source. */
export interface DocumentText {
  text: string;
  source: { name: string; url?: string };
  limits: DocumentLimits;
}

export interface ReadDocument {
  document: DocumentText;
  /** Told when reading begins. */
  begun?: MessagePort;
}

/** Reads a file of objectives, from text to what can be measured. Runs on a thread of its own. */
export function readDocument({
  document: { text, source, limits },
  begun,
}: ReadDocument): DocumentObjectives {
  begun?.postMessage('begun');
  return openSloObjectives(parseOpenSlo(text, source.name, limits), source);
}
