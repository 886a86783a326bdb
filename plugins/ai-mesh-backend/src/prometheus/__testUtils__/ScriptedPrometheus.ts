import { IncomingMessage, ServerResponse } from 'http';
import { text } from 'stream/consumers';
import type { PrometheusSettings } from '../../config/settings';
import { serve, TestServer } from '../../target/__testUtils__/serve';
import { HttpPrometheusClient } from '../HttpPrometheusClient';

export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
) => void;

/** A server that answers as a test says, and remembers what it was asked. */
export class ScriptedPrometheus {
  answer: Answer = json(vector([]));
  readonly seen: {
    path?: string;
    method?: string;
    headers: IncomingMessage['headers'];
    form: Record<string, string>;
  }[] = [];
  #server: TestServer | undefined;

  async start(): Promise<this> {
    this.#server = await serve(async (request, response) => {
      const form = new URLSearchParams(await text(request));
      this.seen.push({
        path: request.url,
        method: request.method,
        headers: request.headers,
        form: Object.fromEntries(form),
      });
      this.answer(request, response);
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  client(settings: Partial<PrometheusSettings> = {}): HttpPrometheusClient {
    return new HttpPrometheusClient({
      cluster: 'demo',
      settings: {
        url: this.#server?.url ?? '',
        auth: { type: 'none' },
        headers: {},
        extraLabels: {},
        tls: { skipVerify: false },
        timeoutMs: 2000,
        cacheTtlMs: 10_000,
        ...settings,
      },
    });
  }
}

export function json(body: unknown, status = 200): Answer {
  return raw(JSON.stringify(body), status, {
    'content-type': 'application/json',
  });
}

export function raw(body: string, status = 200, headers = {}): Answer {
  return (_, response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** An instant query's answer. */
export function vector(result: unknown[]) {
  return { status: 'success', data: { resultType: 'vector', result } };
}
