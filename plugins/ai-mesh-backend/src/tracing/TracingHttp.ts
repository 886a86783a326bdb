import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { TracingSettings } from '../config/settings';
import { credentials } from '../target/credentials';
import type { SourceError } from '../target/SourceError';
import { SourceHttp, type SourceAnswer } from '../target/SourceHttp';
import { explainTracingRefusal } from './explainTracingRefusal';

/** Gets JSON of one tracing system over HTTP. */
export class TracingHttp {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #http: SourceHttp;

  constructor(cluster: string, settings: TracingSettings) {
    const { headers, secrets } = credentials(settings);
    const { tenant } = settings;
    this.#url = settings.url;
    this.#headers = {
      ...headers,
      // Jaeger's own header for the same; Tempo's is among the others.
      ...(tenant !== undefined && { 'x-tenant': tenant }),
      Accept: 'application/json',
    };
    this.#http = new SourceHttp({
      subject: wording('source.tracing', { cluster, url: settings.url }),
      key: 'tracing',
      cluster,
      timeoutMs: settings.timeoutMs,
      tls: settings.tls,
      queue: settings.queue,
      secrets,
      advice: {
        tooLarge: 'source.shorterWindow',
        late: 'source.shorter',
      },
    });
  }

  /**
   * @param path - below `/api/`
   * @throws SourceError where there is no JSON; the reason of `signal` where that was aborted
   */
  async get(
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
  ): Promise<unknown> {
    return this.read(await this.send(path, query, signal));
  }

  /** Whatever is answered, with refusals; throws SourceError only where no answer came. */
  async send(
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
  ): Promise<SourceAnswer> {
    const parameters = new URLSearchParams(query).toString();
    return this.#http.send(
      `${this.#url}/api/${path}${parameters && `?${parameters}`}`,
      { headers: this.#headers, signal },
    );
  }

  /** @throws SourceError where the answer is a refusal or no JSON */
  async read(answer: SourceAnswer): Promise<unknown> {
    const refusal = explainTracingRefusal(answer, answer.body);
    if (refusal) {
      throw this.error(refusal.reason, ...refusal.words);
    }
    return this.#http.parse(answer.body);
  }

  /** Why a search of several requests has no answer, after as long as one request may take. */
  late(): SourceError {
    return this.#http.late();
  }

  /** An error that names this server and holds none of its credentials. */
  error(reason: SourceError['reason'], ...words: Words[]): SourceError {
    return this.#http.error(reason, ...words);
  }
}

/** Whether the server has no such API: then another of the same kind of server may have it. */
export function isAbsent({ status }: { status: number }): boolean {
  return status === 404 || status === 405 || status === 501;
}
