import {
  canaryPercent,
  said,
  wording,
  wordsOf,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import {
  calledWebhook,
  then,
  unrecorded,
  type CanaryRecord,
  type Outcome,
  type WebhookEvent,
  type WebhookMemory,
} from '../machine';
import type { EngineTools } from './EngineTools';
import { shortened } from '../../shortened';

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

/** For so long a leave counts: a write that has to be decided anew needs no other. */
const LEAVE_MS = 60_000;
/** And a refusal, before it is asked for again. */
const PATIENCE_MS = 30_000;
const LONGEST_REASON = 500;

const verdictSchema = z.object({
  verdict: z.enum(['go', 'hold', 'stop']),
  reason: z
    .string()
    .transform(reason => shortened(reason, LONGEST_REASON))
    .optional(),
});

/**
 * Asks every webhook of an event, one after the other, until one does not say `go`. What is no verdict holds. Each call is
 * a row of the history; one that was not recorded, because the process died, is made again with the same id.
 */
export async function askWebhooks(
  tools: EngineTools,
  record: CanaryRecord,
  place: WebhookPlace,
): Promise<{
  outcome: Outcome;
  verdict: 'go' | 'hold' | 'stop';
  why: Sentences;
}> {
  let outcome: Outcome = { record, transitions: [] };
  for (const hook of hooksOf(tools, place.event)) {
    const known = memoryOf(outcome.record, hook, place);
    const memory = known && isFresh(known, tools.now()) ? known : undefined;
    const { verdict, ...why } =
      memory ?? (await call(tools, outcome.record, hook, place, verdictOf));
    if (!memory) {
      outcome = remember(outcome, hook, place, {
        calls: (known?.calls ?? 0) + 1,
        verdict,
        ...why,
        at: tools.now().toISOString(),
      });
    }
    if (verdict !== 'go') {
      return {
        outcome,
        verdict,
        why: { message: why.message, ...(why.words && { words: why.words }) },
      };
    }
  }
  return { outcome, verdict: 'go', why: { message: '' } };
}

/** After so many visits a webhook that is only told is given up. */
const MOST_FAILURES = 5;

/** Tells every webhook of what has happened that has not heard it yet. Undefined where there is nothing to tell. */
export async function tellWebhooks(
  tools: EngineTools,
  record: CanaryRecord,
): Promise<Outcome | undefined> {
  const { toTell } = record.progress;
  if (!toTell) {
    return undefined;
  }
  const place = { event: toTell.event, key: 'end' };
  let outcome: Outcome = { record, transitions: [] };
  let failed = false;
  for (const hook of hooksOf(tools, toTell.event)) {
    const known = memoryOf(record, hook, place);
    if (known?.verdict !== 'go') {
      const told = await call(tools, outcome.record, hook, place, heard);
      failed ||= told.verdict !== 'go';
      outcome = remember(outcome, hook, place, {
        // Another try of the same news: whoever has heard it knows it by its id.
        calls: 0,
        ...told,
        at: tools.now().toISOString(),
      });
    }
  }
  const failures = toTell.failures + 1;
  return then(outcome, told =>
    unrecorded(told, {
      toTell:
        failed && failures < MOST_FAILURES
          ? { ...toTell, failures }
          : undefined,
    }),
  );
}

type Verdict = Pick<WebhookMemory, 'verdict' | 'message' | 'words'>;
type Reply = Awaited<ReturnType<CanaryWebhook['call']>>;

async function call(
  tools: EngineTools,
  record: CanaryRecord,
  hook: CanaryWebhook,
  place: WebhookPlace,
  read: (reply: Reply) => Verdict,
): Promise<Verdict> {
  const number = (memoryOf(record, hook, place)?.calls ?? 0) + 1;
  const id = `${record.id}.${place.event}.${place.key}.${number}`;
  const reply = await hook.call(
    id,
    bodyOf(record, place, id, tools.now()),
    tools.signal,
  );
  const { verdict, ...answer } = read(reply);
  const { tries } = reply;
  return {
    verdict,
    ...said(
      wording(
        'webhook.by',
        { name: hook.name },
        { event: `webhook.${place.event}` },
      ),
      ...wordsOf(answer),
      ...(tries > 1 ? [wording('webhook.tries', { tries })] : []),
    ),
  };
}

/** What an answer comes to; one that is no verdict holds. */
export function verdictOf(reply: Reply): Verdict {
  if (reply.status === 'failed') {
    return { verdict: 'hold', ...said(...wordsOf(reply)) };
  }
  const parsed = verdictSchema.safeParse(reply.body);
  return parsed.success
    ? {
        verdict: parsed.data.verdict,
        ...said(answered(parsed.data)),
      }
    : {
        verdict: 'hold',
        ...said(wording('webhook.noVerdict')),
      };
}

function answered({ verdict, reason }: z.infer<typeof verdictSchema>) {
  const term = { verdict: `webhook.${verdict}` } as const;
  return reason
    ? wording('webhook.verdictBecause', { text: reason }, term)
    : wording('webhook.verdict', {}, term);
}

function heard(reply: Reply): Verdict {
  return reply.status === 'answered'
    ? { verdict: 'go', ...said(wording('webhook.told')) }
    : { verdict: 'hold', ...said(...wordsOf(reply)) };
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

function hooksOf(
  { webhooks = [] }: EngineTools,
  event: WebhookEvent,
): CanaryWebhook[] {
  return webhooks.filter(({ events }) => events.includes(event));
}

function keyOf({ name }: CanaryWebhook, { event, key }: WebhookPlace): string {
  return `${name} ${event} ${key}`;
}

function memoryOf(
  { progress }: CanaryRecord,
  hook: CanaryWebhook,
  place: WebhookPlace,
): WebhookMemory | undefined {
  return progress.webhooks?.[keyOf(hook, place)];
}

function remember(
  before: Outcome,
  hook: CanaryWebhook,
  place: WebhookPlace,
  memory: WebhookMemory,
): Outcome {
  return then(before, record =>
    calledWebhook(record, keyOf(hook, place), memory),
  );
}

function isFresh({ verdict, at }: WebhookMemory, now: Date): boolean {
  const age = now.getTime() - new Date(at).getTime();
  return age >= 0 && age < (verdict === 'go' ? LEAVE_MS : PATIENCE_MS);
}
