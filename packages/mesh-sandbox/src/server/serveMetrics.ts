import { RequestHandler, Response } from 'express';
import { wantedSamples } from '../metrics';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const CHUNK = 256 * 1024;

/**
 * Writes a scrape in pieces, and lets other work of the process happen between them: the text of a large mesh is hundreds
 * of megabytes. A scrape may ask for some samples alone, by their names (`name[]`), and for some buckets of Istio's
 * histograms (`le[]`).
 */
export function serveMetrics(expose: () => Iterable<string>): RequestHandler {
  return ({ url }, response, next) => {
    const { searchParams } = new URL(url, 'http://sandbox');
    const wanted = {
      names: searchParams.getAll('name[]'),
      bounds: searchParams.getAll('le[]'),
    };
    response.setHeader('Content-Type', CONTENT_TYPE);
    write(wantedSamples(expose(), wanted), response).catch(next);
  };
}

async function write(lines: Iterable<string>, response: Response) {
  let chunk: string[] = [];
  let size = 0;
  for (const line of lines) {
    chunk.push(line);
    size += line.length;
    if (size >= CHUNK) {
      await send(response, chunk);
      chunk = [];
      size = 0;
      if (response.destroyed) {
        return;
      }
    }
  }
  response.end(chunk.join(''));
}

async function send(response: Response, chunk: string[]): Promise<void> {
  if (response.write(chunk.join(''))) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    return;
  }
  await new Promise<void>(resolve => {
    // A scraper that hangs up has no use for the rest: `close` ends the wait as well.
    const go = () => {
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.on('drain', go);
    response.on('close', go);
  });
}
