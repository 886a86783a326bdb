import type { Sentences, Words } from '@ai-mesh/plugin-ai-mesh-common';
import { ENGINE, type CanaryRecord, type Outcome } from './CanaryRecord';
import { hold, sinceLastLook } from './look';
import { because, transition } from './transition';

/** When a webhook is called. */
export type WebhookEvent =
  'before-start' | 'before-step' | 'after-promotion' | 'on-roll-back';

/** What became of the last call of a webhook at one place of a canary's way. */
export interface WebhookMemory {
  /** So many have been recorded: the next one's id is another. */
  calls: number;
  verdict: 'go' | 'hold' | 'stop';
  message: string;
  words?: Words[];
  /** ISO 8601 */
  at: string;
}

/** Records a call. */
export function calledWebhook(
  record: CanaryRecord,
  key: string,
  memory: WebhookMemory,
): Outcome {
  return transition(
    record,
    {
      to: record.state,
      by: ENGINE,
      at: new Date(memory.at),
      what: 'webhook',
      ...because(memory),
      weightsBefore: record.progress.written,
      weightsAfter: record.progress.written,
    },
    { webhooks: { ...record.progress.webhooks, [key]: memory } },
  );
}

/**
 * Stays, since a webhook does not let it go on.
 *
 * @param before - as it was before this look, which had found nothing that holds it
 */
export function heldByWebhook(
  record: CanaryRecord,
  before: CanaryRecord,
  why: Sentences,
  at: Date,
): Outcome {
  const held = before.progress.hold;
  return hold(
    {
      ...record,
      progress: {
        ...record.progress,
        move: undefined,
        hold: held?.reason === 'webhook' ? held : undefined,
      },
    },
    { reason: 'webhook', ...why },
    sinceLastLook(before, at),
    at,
  );
}

/** Goes back, since a webhook says so. */
export function stoppedByWebhook(
  record: CanaryRecord,
  why: Sentences,
  at: Date,
): Outcome {
  return transition(
    record,
    {
      to: 'rollingBack',
      by: ENGINE,
      at,
      what: 'stoppedByWebhook',
      ...because(why),
      evidence: record.progress.check,
      weightsBefore: record.progress.written,
      weightsAfter: record.progress.written,
    },
    { hold: undefined, move: { kind: 'restore', asked: true } },
  );
}
