import {
  canaryPercent,
  said,
  wording,
  wordsOf,
  type Sentences,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  calledWebhook,
  openCall,
  then,
  type CanaryRecord,
  type Outcome,
  type WebhookEvent,
  type WebhookMemory,
} from '../machine';
import type { StoredCanary } from '../store';
import { save, type EngineTools } from './EngineTools';

/** Calls one webhook; see `WebhookClient`. */
export interface CanaryWebhook {
  name: string;
  events: readonly WebhookEvent[];
  call(
    id: string,
    body: object,
    signal: AbortSignal,
  ): Promise<
    { tries: number } & (
      { status: 'answered'; body: unknown } | ({ status: 'failed' } & Sentences)
    )
  >;
}

/** One place of a canary's way. */
export interface WebhookPlace {
  event: WebhookEvent;
  /** Tells places of one event apart: a step's number. */
  key: string;
  /** The canary's share that a step leads to, percent. */
  toPercent?: number;
}

/** What a webhook's answer comes to. */
export type Verdict = Pick<WebhookMemory, 'verdict' | 'message' | 'words'>;

export type Reply = Awaited<ReturnType<CanaryWebhook['call']>>;

/** Calls a webhook, and says what its answer comes to. */
export async function call(
  tools: EngineTools,
  record: CanaryRecord,
  hook: CanaryWebhook,
  place: WebhookPlace,
  read: (reply: Reply) => Verdict,
  unwanted?: AbortSignal,
): Promise<Verdict> {
  const id = callId(record, hook, place);
  const reply = await hook.call(
    id,
    bodyOf(record, place, id, tools.now()),
    unwanted ? AbortSignal.any([tools.signal, unwanted]) : tools.signal,
  );
  const { verdict, ...answer } = read(reply);
  const { tries } = reply;
  return {
    verdict,
    ...by(
      hook,
      place,
      ...wordsOf(answer),
      ...(tries > 1 ? [wording('webhook.tries', { tries })] : []),
    ),
  };
}

/** The same for every try of one call, also after a restart. */
export function callId(
  record: CanaryRecord,
  hook: CanaryWebhook,
  place: WebhookPlace,
): string {
  const number = (memoryOf(record, hook, place)?.calls ?? 0) + 1;
  return `${record.id}.${place.event}.${place.key}.${number}`;
}

/** Whose words they are, and at which place. */
export function by(
  { name }: CanaryWebhook,
  { event }: WebhookPlace,
  ...words: Words[]
): Sentences {
  return said(whose(name, event), ...words);
}

function whose(name: string, event: WebhookEvent): Words {
  return wording('webhook.by', { name }, { event: `webhook.${event}` });
}

function bodyOf(
  record: CanaryRecord,
  { event, toPercent }: WebhookPlace,
  id: string,
  at: Date,
) {
  const { written } = record.progress;
  return {
    id,
    event,
    at: at.toISOString(),
    canary: {
      id: record.id,
      entityRef: record.entityRef,
      service: record.service,
      stable: record.versions.stable,
      canary: record.versions.canary,
      state: record.state,
      percent: written ? canaryPercent(written) : 0,
      ...(toPercent !== undefined && { toPercent }),
      reason: record.reason,
      requestedBy: record.requestedBy,
      decidedBy: record.decidedBy,
    },
  };
}

/** The webhooks that want to know of an event. */
export function hooksOf(
  { webhooks = [] }: EngineTools,
  event: WebhookEvent,
): CanaryWebhook[] {
  return webhooks.filter(({ events }) => events.includes(event));
}

function keyOf({ name }: CanaryWebhook, { event, key }: WebhookPlace): string {
  return `${name} ${event} ${key}`;
}

/** What the canary's record has of the last call. */
export function memoryOf(
  { progress }: CanaryRecord,
  hook: CanaryWebhook,
  place: WebhookPlace,
): WebhookMemory | undefined {
  return progress.webhooks?.[keyOf(hook, place)];
}

/** A canary with the calls that are about to be made; see `openCall`. */
export function opened(
  record: CanaryRecord,
  hooks: readonly CanaryWebhook[],
  place: WebhookPlace,
): CanaryRecord {
  return hooks.reduce(
    (before, hook) =>
      openCall(before, keyOf(hook, place), {
        event: place.event,
        place: place.key,
        by: whose(hook.name, place.event),
      }),
    record,
  );
}

/** Keeps the calls that are about to be made, where it does not know of them yet. */
export async function keepOpen(
  tools: EngineTools,
  stored: StoredCanary,
  hooks: readonly CanaryWebhook[],
  place: WebhookPlace,
): Promise<StoredCanary> {
  const { record } = stored;
  const fresh = hooks.filter(
    hook => record.progress.openCalls?.[keyOf(hook, place)] === undefined,
  );
  return fresh.length > 0
    ? save(tools, stored, {
        record: opened(record, fresh, place),
        transitions: [],
      })
    : stored;
}

/** Puts a call into the record, and a row into the history. */
export function remember(
  before: Outcome,
  hook: CanaryWebhook,
  place: WebhookPlace,
  memory: WebhookMemory,
): Outcome {
  return then(before, record =>
    calledWebhook(record, keyOf(hook, place), memory),
  );
}
