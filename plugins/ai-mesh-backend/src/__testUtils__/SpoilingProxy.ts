import { serve, type TestServer } from '../target/__testUtils__/serve';
import { spoiled, type Spoiling } from './spoiledAnswer';

const UNTOUCHED: Spoiling = { status: 200, how: 'not', at: 0, value: null };

/** Stands before a source, and spoils its answers as it is told. */
export class SpoilingProxy {
  /** What happens to the answers from now on, one after another and from the beginning again. */
  spoilings: readonly Spoiling[] = [UNTOUCHED];
  answered = 0;
  #server!: TestServer;

  /** @param secrets - what it may repeat in a refusal */
  static async start(
    upstream: string,
    secrets: readonly string[],
  ): Promise<SpoilingProxy> {
    const proxy = new SpoilingProxy();
    proxy.#server = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const {
        'accept-encoding': _,
        host,
        connection,
        ...headers
      } = request.headers as Record<string, string>;
      const body = Buffer.concat(chunks);
      let text = '';
      let type = 'application/json';
      let status = 200;
      try {
        const answer = await fetch(`${upstream}${request.url}`, {
          method: request.method,
          headers,
          ...(body.length > 0 && { body }),
        });
        text = await answer.text();
        type = answer.headers.get('content-type') ?? type;
        status = answer.status;
      } catch {
        // The server is gone: that is an answer too.
        status = 502;
      }
      const spoiling =
        proxy.spoilings[proxy.answered++ % proxy.spoilings.length];
      response
        .writeHead(spoiling.how === 'not' ? status : spoiling.status, {
          'Content-Type': type,
        })
        .end(
          spoiling.status === 204
            ? undefined
            : spoiled(text, spoiling, secrets),
        );
    });
    return proxy;
  }

  get url(): string {
    return this.#server.url;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}
