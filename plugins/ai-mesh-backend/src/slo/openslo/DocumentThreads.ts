import { MessageChannel } from 'worker_threads';
import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { isError } from '@backstage/errors';
import { Piscina } from 'piscina';
import type { DocumentObjectives } from '../objectives/Problem';
import {
  readDocument,
  readDocumentFile,
  type DocumentText,
  type ReadDocument,
} from './readDocument';

const IDLE_MS = 60_000;
const MOST_THREADS = 2;
const MOST_WAITING = 100;
const HEAP_MB = 128;

/** Reads what others wrote on threads of its own: whatever a text does to a parser, the portal goes on answering. */
export class DocumentThreads {
  #pool: Piscina<ReadDocument, DocumentObjectives> | undefined;

  /** A file that takes more time, or more memory, than any should is a problem with the file's name. */
  async read(document: DocumentText): Promise<DocumentObjectives> {
    this.#pool ??= newPool();
    try {
      return await readWithin(this.#pool, document);
    } catch (error) {
      const reason =
        isError(error) && error.name === 'AbortError'
          ? wording('openslo.late', { seconds: document.limits.seconds })
          : wording('openslo.failed', {
              text: isError(error) ? error.message : String(error),
            });
      return {
        objectives: [],
        problems: [{ source: document.source.name, ...said(reason) }],
      };
    }
  }

  async stop(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }
}

/** The time runs from when a thread begins: to start one, or to wait for one, is not the file's fault. */
async function readWithin(
  pool: Piscina<ReadDocument, DocumentObjectives>,
  document: DocumentText,
): Promise<DocumentObjectives> {
  const { port1: here, port2: begun } = new MessageChannel();
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  here.once('message', () => {
    timer = setTimeout(() => late.abort(), document.limits.seconds * 1000);
  });
  try {
    return await pool.run(
      { document, begun },
      { transferList: [begun], signal: late.signal },
    );
  } finally {
    clearTimeout(timer);
    here.close();
  }
}

function newPool(): Piscina<ReadDocument, DocumentObjectives> {
  return new Piscina({
    filename: readDocumentFile,
    // Not as a text: a build leaves out of the thread's file what nothing refers to.
    name: readDocument.name,
    minThreads: 0,
    maxThreads: MOST_THREADS,
    maxQueue: MOST_WAITING,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    // From source a thread needs the same loader as the process has.
    ...(readDocumentFile.endsWith('.ts') && {
      execArgv: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
    }),
  });
}
