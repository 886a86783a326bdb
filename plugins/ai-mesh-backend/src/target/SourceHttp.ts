import {
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { fetch as undiciFetch, type Headers, type RequestInit } from 'undici';
import type { QueueSettings, TlsSettings } from '../config/settings';
import { presentAsker } from './asker';
import { isTimeout, networkWords } from './explainNetworkError';
import { FairQueue, QueueFull } from './FairQueue';
import { inTurns } from './inTurns';
import { DEEPEST_ANSWER, isDeeperThan } from './isDeeperThan';
import { parseInSlices } from './parseInSlices';
import { readLimited } from './readLimited';
import { redact, redactBeginning } from './redact';
import { withoutPaths } from './withoutPaths';
import { SourceError } from './SourceError';
import { sourceExchanges, type SourceExchange } from './sourceExchanges';
import { tlsAgent } from './tlsAgent';
import { shortened } from '../shortened';

/** What an answer may weigh, unless set: some 16,000 series. The portal has but one thread to parse it on. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** As many as a Prometheus works on at a time unless told otherwise (`--query.max-concurrency`). */
const QUEUE: QueueSettings = { open: 20, waiting: 2000, waitingOfOne: 500 };

export interface SourceHttpOptions {
  /** Begins every message: `Prometheus of the cluster 'prod' (http://prometheus:9090)`. */
  subject: Words;
  /** Its settings' key in a cluster of `aiMesh.clusters`, named where one of them may be wrong. */
  key: SourceExchange['source'];
  /** Its cluster, by the configured name. */
  cluster: string;
  timeoutMs: number;
  tls?: TlsSettings;
  /** 20 questions at a time unless set, with 2000 waiting, of one asker 500. */
  queue?: Partial<QueueSettings>;
  /** What an answer may weigh: 8 MB unless set. */
  mostBytes?: number;
  /** What no message may hold. */
  secrets: string[];
  /** What a person can do where an answer is too large, a sentence, or late, the beginning of one. */
  advice: { tooLarge: TextKey; late: TextKey };
  fetch?: typeof undiciFetch;
}

/** What is read of an answer that is a refusal: its reason, not a page. */
const MOST_OF_A_REFUSAL = 64 * 1024;
const LONGEST_MESSAGE = 1000;

/** An answer, read whole. */
export interface SourceAnswer {
  status: number;
  headers: Headers;
  /** Of a refusal: its beginning, without this source's credentials, so that it may be cut anywhere. */
  body: string;
}

/**
 * Sends requests to one source over HTTP, a few at a time and its askers in turns; whatever fails becomes an error that
 * names the source and what to do. The time-out counts from the question, so that nobody waits longer for a turn.
 */
export class SourceHttp {
  readonly #options: SourceHttpOptions;
  readonly #queue: FairQueue;
  #agent: { value: ReturnType<typeof tlsAgent> } | undefined;

  constructor(options: SourceHttpOptions) {
    this.#options = options;
    this.#queue = new FairQueue({ ...QUEUE, ...options.queue });
  }

  /**
   * @throws SourceError where no answer came, or none that could be read to its end; the reason of `init.signal` where
   *   that was aborted
   */
  async send(
    url: string,
    init: Pick<RequestInit, 'method' | 'headers' | 'body'> & {
      signal?: AbortSignal;
      /** What this answer may weigh, where it is not as any other. */
      mostBytes?: number;
    },
  ): Promise<SourceAnswer> {
    const limit = AbortSignal.timeout(this.#options.timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
    const began = performance.now();
    let isSent = false;
    try {
      const answer = await this.#queue.run(presentAsker(), signal, () => {
        isSent = true;
        return this.#exchange(url, { ...init, signal });
      });
      this.#tell(answer.status < 400 ? 'ok' : 'refused', began);
      return answer;
    } catch (error) {
      init.signal?.throwIfAborted();
      this.#tell(error instanceof QueueFull ? 'queue-full' : 'failed', began);
      throw this.#failure(error, isSent);
    }
  }

  #tell(outcome: SourceExchange['outcome'], began: number): void {
    sourceExchanges.publish({
      source: this.#options.key,
      cluster: this.#options.cluster,
      outcome,
      seconds: (performance.now() - began) / 1000,
      waiting: this.#queue.waiting,
    } satisfies SourceExchange);
  }

  /**
   * In turns with other work, since an answer may be long.
   *
   * @throws SourceError where the text is no JSON, or deeper than any answer is
   */
  async parse(body: string): Promise<unknown> {
    await inTurns();
    if (await isDeeperThan(DEEPEST_ANSWER, body)) {
      throw this.error(
        'source-unreachable',
        wording('source.tooDeep', {
          most: DEEPEST_ANSWER,
          key: this.#options.key,
        }),
      );
    }
    try {
      return await parseInSlices(body);
    } catch {
      throw this.error('source-unreachable', wording('source.garbled'));
    }
  }

  /** An error that names this source and holds none of its credentials, and no path of a file. */
  error(reason: SourceError['reason'], ...words: Words[]): SourceError {
    const { subject, secrets } = this.#options;
    return new SourceError(
      reason,
      [subject, ...words].map(one => safe(one, secrets)),
    );
  }

  /** Why a question of several requests has no answer, after as long as one request may take. */
  late(): SourceError {
    return this.#late(true);
  }

  async #exchange(
    url: string,
    {
      mostBytes = this.#options.mostBytes ?? MOST_BYTES,
      ...init
    }: Parameters<SourceHttp['send']>[1],
  ): Promise<SourceAnswer> {
    const { fetch = undiciFetch, tls, advice } = this.#options;
    // Read when first needed: a missing file is this cluster's trouble and must not stop the start.
    this.#agent ??= { value: tls && tlsAgent(tls) };
    const response = await fetch(url, {
      ...init,
      // A redirect mostly leads to a page to sign in at, which credentials must not follow.
      redirect: 'manual',
      dispatcher: this.#agent.value,
    });
    const body = await readLimited(response, mostBytes, megabytes =>
      Object.assign(
        this.error(
          'source-unreachable',
          wording('source.tooLarge', { megabytes }),
          wording(advice.tooLarge),
        ),
        { isTooLarge: true },
      ),
    );
    const { status, headers } = response;
    return {
      status,
      headers,
      body: response.ok
        ? body
        : redactBeginning(body, MOST_OF_A_REFUSAL, this.#options.secrets),
    };
  }

  #failure(error: unknown, isSent: boolean): SourceError {
    if (error instanceof SourceError) {
      return error;
    }
    const { key, secrets } = this.#options;
    if (error instanceof QueueFull) {
      return this.error(
        'source-unreachable',
        wording('source.queueFull', { key }),
      );
    }
    return isTimeout(error)
      ? this.#late(isSent)
      : this.error(
          'source-unreachable',
          cannotBeReached(networkWords(error, secrets), key),
        );
  }

  #late(isSent: boolean): SourceError {
    const { key, timeoutMs, advice } = this.#options;
    const failure = this.error(
      'source-unreachable',
      wording(
        isSent ? 'source.late' : 'source.noTurn',
        { seconds: timeoutMs / 1000, key },
        { advice: advice.late },
      ),
    );
    failure.isLate = true;
    return failure;
  }
}

function cannotBeReached({ key: why, params }: Words, key: string): Words {
  return {
    key: 'source.unreachable',
    params: { ...params, key },
    terms: { why },
  };
}

/** Without credentials and paths of files, and no longer than anybody reads. */
function safe({ params, ...words }: Words, secrets: string[]): Words {
  return params
    ? {
        ...words,
        params: Object.fromEntries(
          Object.entries(params).map(([name, value]) => [
            name,
            typeof value === 'string' ? safeText(value, secrets) : value,
          ]),
        ),
      }
    : words;
}

function safeText(text: string, secrets: string[]): string {
  const clean = withoutPaths(redact(text, secrets));
  return shortened(clean, LONGEST_MESSAGE);
}
