import { createReadStream } from 'fs';
import { Readable } from 'stream';
import {
  ANNOTATION_SLOS,
  said,
  wording,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { redact } from '../../target/redact';
import { explainReadFailure } from './explainReadFailure';
import { locateObjectives, type ObjectivesLocation } from './locateObjectives';
import type { DocumentObjectives } from '../objectives/Problem';
import type { DocumentLimits } from './DocumentLimits';
import { DocumentThreads } from './DocumentThreads';
import { within } from '../../within';
import { WordedError } from '../../WordedError';

const KEEP_MS = 120_000;
const KEEP_FAILURE_MS = 20_000;
const TIMEOUT_MS = 10_000;

/**
 * Reads the OpenSLO files that entities name. A file is asked for once in two minutes, whoever looks; what goes wrong is a
 * problem with the file's name, never an error of the page.
 */
export class ObjectivesSource {
  readonly #reader: Pick<UrlReaderService, 'readUrl'>;
  readonly #resolveUrl: (path: string, base: string) => string;
  readonly #limits: DocumentLimits;
  readonly #threads = new DocumentThreads();
  readonly #kept = new LRUCache<string, Promise<DocumentObjectives>>({
    max: 500,
    ttl: KEEP_MS,
  });

  constructor(options: {
    reader: Pick<UrlReaderService, 'readUrl'>;
    resolveUrl(path: string, base: string): string;
    limits: DocumentLimits;
  }) {
    this.#reader = options.reader;
    this.#resolveUrl = options.resolveUrl;
    this.#limits = options.limits;
  }

  async stop(): Promise<void> {
    await this.#threads.stop();
  }

  /** Undefined where the entity names no file. */
  async read(entity: Entity): Promise<DocumentObjectives | undefined> {
    let location: ObjectivesLocation | undefined;
    try {
      location = locateObjectives(entity, this.#resolveUrl);
    } catch (error) {
      return problem(
        `annotation ${ANNOTATION_SLOS}`,
        wording('openslo.annotation', { annotation: ANNOTATION_SLOS }),
        whyNot(error),
      );
    }
    if (!location) {
      return undefined;
    }
    const key = location.type === 'url' ? location.url : location.path;
    const kept = this.#kept.get(key);
    if (kept) {
      return kept;
    }
    const reading = this.#readFrom(location);
    this.#kept.set(key, reading);
    const read = await reading;
    if (read.objectives.length === 0) {
      this.#kept.set(key, reading, { ttl: KEEP_FAILURE_MS });
    }
    return reading;
  }

  async #readFrom(location: ObjectivesLocation): Promise<DocumentObjectives> {
    const source =
      location.type === 'url' ? told(location.url) : { name: location.name };
    let text: string | undefined;
    try {
      // Whatever reads it may have to ask for a token first, without end.
      text = await within(
        TIMEOUT_MS,
        this.#text(location),
        () => new DOMException('not read in time', 'TimeoutError'),
      );
    } catch (error) {
      return problem(
        source.name,
        wording('openslo.unread'),
        explainReadFailure(error, TIMEOUT_MS),
      );
    }
    const limits = this.#limits;
    return text === undefined
      ? problem(source.name, wording('openslo.bytes', { most: limits.bytes }))
      : this.#threads.read({ text, source, limits });
  }

  /** Undefined where the file is too large: then no more of it is read. */
  async #text(location: ObjectivesLocation): Promise<string | undefined> {
    if (location.type === 'file') {
      return limited(createReadStream(location.path), this.#limits.bytes);
    }
    const answer = await this.#reader.readUrl(location.url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return limited(
      answer.stream?.() ?? Readable.from(await answer.buffer()),
      this.#limits.bytes,
    );
  }
}

async function limited(
  stream: Readable,
  mostBytes: number,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    bytes += chunks.at(-1)!.length;
    if (bytes > mostBytes) {
      stream.destroy();
      return undefined;
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function whyNot(error: unknown): Words {
  if (error instanceof WordedError) {
    return error.words;
  }
  return wording('verbatim', {
    text: isError(error) ? redact(error.message) : String(error),
  });
}

function problem(name: string, ...words: Words[]): DocumentObjectives {
  return {
    objectives: [],
    problems: [{ source: name, ...said(...words) }],
  };
}

/** Where a file is, for a person: the location that the catalog has of an entity may hold credentials. */
function told(url: string): { name: string; url: string } {
  const shown = redact(url);
  return { name: shown, url: shown };
}
