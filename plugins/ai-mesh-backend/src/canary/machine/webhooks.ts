import {
  said,
  wording,
  type Sentences,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ENGINE, type CanaryRecord, type Outcome } from './CanaryRecord';
import { hold, sinceLastLook } from './look';
import { because, then, transition, unrecorded } from './transition';

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

/** A call that has no row yet. */
export interface OpenCall {
  event: WebhookEvent;
  /** Tells places of one event apart: a step's number. */
  place: string;
  /** Whose, and at which place, for people. */
  by: Words;
}

/** Writes down that a webhook is about to be called: its row comes, whatever becomes of the canary or the process. */
export function openCall(
  record: CanaryRecord,
  key: string,
  call: OpenCall,
): CanaryRecord {
  const { openCalls } = record.progress;
  return unrecorded(record, { openCalls: { ...openCalls, [key]: call } })
    .record;
}

/** Adds rows for calls that nobody waits for any more: the canary has gone another way. */
export function closeCalls(outcome: Outcome, at: Date): Outcome {
  // After a drift the weights that stand there are those that the last row tells.
  const weights = outcome.transitions.at(-1)?.weightsAfter;
  return Object.entries(outcome.record.progress.openCalls ?? {})
    .filter(([, call]) => !isAwaited(outcome.record, call))
    .reduce(
      (before, [key, call]) =>
        then(before, record =>
          calledWebhook(
            record,
            key,
            {
              calls: (record.progress.webhooks?.[key]?.calls ?? 0) + 1,
              verdict: 'hold',
              ...said(call.by, wording('webhook.overtaken')),
              at: at.toISOString(),
            },
            weights,
          ),
        ),
      outcome,
    );
}

function isAwaited(
  { state, progress }: CanaryRecord,
  { event, place }: OpenCall,
): boolean {
  switch (event) {
    case 'before-start':
      return state === 'approved';
    case 'before-step':
      return (
        (state === 'progressing' || state === 'paused') &&
        place === String(progress.step + 1)
      );
    default:
      return progress.toTell?.event === event;
  }
}

/** Records what came of a call. */
export function calledWebhook(
  record: CanaryRecord,
  key: string,
  memory: WebhookMemory,
  weights = record.progress.written,
): Outcome {
  return transition(
    record,
    {
      to: record.state,
      by: ENGINE,
      at: new Date(memory.at),
      what: 'webhook',
      ...because(memory),
      weightsBefore: weights,
      weightsAfter: weights,
    },
    {
      webhooks: { ...record.progress.webhooks, [key]: memory },
      openCalls: withoutCall(record, key),
    },
  );
}

function withoutCall(
  { progress: { openCalls = {} } }: CanaryRecord,
  key: string,
): CanaryRecord['progress']['openCalls'] {
  const { [key]: _, ...others } = openCalls;
  return Object.keys(others).length > 0 ? others : undefined;
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
