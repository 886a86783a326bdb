import {
  inEnglish,
  said,
  wording,
  type Sentences,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { createHmac } from 'crypto';
import { fetch as undiciFetch } from 'undici';
import type { WebhookSettings } from '../config/settings';
import { isTimeout, networkWords } from '../target/explainNetworkError';
import { readLimited } from '../target/readLimited';
import { redact } from '../target/redact';
import { tlsAgent } from '../target/tlsAgent';
import { shortened } from '../shortened';

/** An answer is a verdict with a reason, and not a page. */
const MOST_BYTES = 16 * 1024;
const LONGEST_MESSAGE = 500;

/** How a call went, and how often it was tried. */
export type WebhookReply =
  | { status: 'answered'; body: unknown; tries: number }
  | ({ status: 'failed'; tries: number } & Sentences);

/** A try that failed; `again`: another one may not. */
class Failure extends Error {
  constructor(
    readonly words: Words,
    readonly again: boolean,
  ) {
    super(inEnglish([words]));
  }
}

/**
 * Calls a webhook of the configuration, signed after the Standard Webhooks specification: `webhook-id`,
 * `webhook-timestamp`, and `webhook-signature` with the HMAC-SHA256 of `id.timestamp.body`.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export class WebhookClient {
  readonly name: string;
  readonly events: WebhookSettings['events'];
  readonly #settings: WebhookSettings;
  readonly #sleep: (ms: number) => Promise<void>;
  #agent: { value: ReturnType<typeof tlsAgent> } | undefined;

  constructor(
    settings: WebhookSettings,
    sleep = (ms: number) =>
      new Promise<void>(resolve => {
        setTimeout(resolve, ms);
      }),
  ) {
    this.name = settings.name;
    this.events = settings.events;
    this.#settings = settings;
    this.#sleep = sleep;
  }

  /**
   * Never rejects, unless `signal` is aborted.
   *
   * @param id - the same for every try of one call, also after a restart, so that the receiver can tell
   */
  async call(
    id: string,
    body: object,
    signal: AbortSignal,
  ): Promise<WebhookReply> {
    const text = JSON.stringify(body);
    const most = this.#settings.retries + 1;
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.#try(id, text, signal);
        return { status: 'answered', body: answer, tries };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Failure)) {
          throw error;
        }
        if (!error.again || tries >= most) {
          return {
            status: 'failed',
            ...said(this.#fitForPeople(error.words)),
            tries,
          };
        }
      }
      await this.#sleep(500 * 2 ** (tries - 1));
    }
  }

  /** What the receiver or the network said, without the secret and at a bearable length. */
  #fitForPeople({ params = {}, ...words }: Words): Words {
    return {
      ...words,
      params: Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          typeof value === 'string'
            ? shortened(redact(value, [this.#settings.secret]), LONGEST_MESSAGE)
            : value,
        ]),
      ),
    };
  }

  async #try(id: string, body: string, stopped: AbortSignal): Promise<unknown> {
    const { url, secret, timeoutMs, tls } = this.#settings;
    const late = AbortSignal.timeout(timeoutMs);
    const timestamp = String(Math.floor(Date.now() / 1000));
    try {
      // Read when first needed: a missing file is this webhook's trouble and must not stop the start.
      this.#agent ??= { value: tlsAgent(tls) };
      const response = await undiciFetch(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature(secret, `${id}.${timestamp}.${body}`)}`,
        },
        // What was signed for one place is not for another.
        redirect: 'manual',
        dispatcher: this.#agent.value,
        signal: AbortSignal.any([late, stopped]),
      });
      const { status } = response;
      const text = await readLimited(
        response,
        MOST_BYTES,
        () =>
          new Failure(
            wording('webhook.tooLarge', { most: MOST_BYTES / 1024 }),
            false,
          ),
      );
      return readReply(
        status,
        response.headers.get('content-type') ?? '',
        text,
      );
    } catch (error) {
      if (error instanceof Failure) {
        throw error;
      }
      throw new Failure(
        isTimeout(error)
          ? wording('webhook.late', { seconds: timeoutMs / 1000 })
          : unreachable(networkWords(error, [secret])),
        true,
      );
    }
  }
}

function unreachable({ key, params }: Words): Words {
  return { key: 'webhook.unreachable', params, terms: { why: key } };
}

/**
 * What a receiver's answer says; undefined where it is empty.
 *
 * @throws Error with a sentence for what is none
 */
export function readReply(
  status: number,
  contentType: string,
  text: string,
): unknown {
  if (status >= 300 && status < 400) {
    throw new Failure(wording('webhook.redirects', { status }), false);
  }
  if (status < 200 || status > 299) {
    throw new Failure(
      wording('webhook.status', { status }),
      status >= 500 || status === 429,
    );
  }
  if (text.trim() === '') {
    return undefined;
  }
  if (!/\bjson\b/i.test(contentType)) {
    const type = contentType.split(';')[0].slice(0, 80);
    throw new Failure(
      type ? wording('webhook.notJson', { type }) : wording('webhook.noType'),
      false,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(wording('webhook.garbled'), false);
  }
}

/** Base64. A secret that begins with `whsec_` is base64 itself. */
function signature(secret: string, text: string): string {
  const key = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : secret;
  return createHmac('sha256', key).update(text).digest('base64');
}
