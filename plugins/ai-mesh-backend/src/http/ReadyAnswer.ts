import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** Less than this is sent faster as it is. */
const LEAST_COMPRESSED = 1024;

/** An answer as it goes out: its JSON is written, and compressed, once for all who are sent it. */
export class ReadyAnswer {
  readonly #text: Buffer;
  readonly #etag: string;
  #gzipped?: Promise<Buffer>;

  constructor(answer: unknown) {
    this.#text = Buffer.from(JSON.stringify(answer));
    const hash = createHash('sha256').update(this.#text).digest('base64url');
    // Weak: the same content, compressed or not.
    this.#etag = `W/"${hash}"`;
  }

  get bytes(): number {
    return this.#text.length;
  }

  /** 304 to whoever has it already. */
  async send(request: Request, response: Response): Promise<void> {
    // It shows what one reader may see at one moment, so no cache keeps it; a client that is still there may.
    response.set({ 'Cache-Control': 'no-store', ETag: this.#etag });
    response.vary('Accept-Encoding');
    // Not Express's own comparison: browsers add `Cache-Control: no-cache` to every conditional request of a script.
    if (tagsIn(request.get('If-None-Match')).includes(this.#etag)) {
      response.status(304).end();
      return;
    }
    response.type('json');
    if (
      this.#text.length < LEAST_COMPRESSED ||
      request.acceptsEncodings('gzip', 'identity') !== 'gzip'
    ) {
      response.send(this.#text);
      return;
    }
    this.#gzipped ??= promisify(gzip)(this.#text);
    const gzipped = await this.#gzipped;
    response.set('Content-Encoding', 'gzip').send(gzipped);
  }
}

function tagsIn(header = ''): string[] {
  return header.split(',').map(tag => tag.trim());
}
