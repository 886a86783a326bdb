import {
  canaryPercent,
  said,
  wording,
  wordsOf,
  type Sentences,
  type Words,
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
import { AskedBeside } from './AskedBeside';
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

/** An answer to a call that was begun longer ago is none: it is called again, with the same id. */
const LONGEST_CALL_MS = 5 * 60_000;

/** What is asked of webhooks beside the looks at canaries, by this process. */
const calls = new WeakMap<CanaryWebhook, AskedBeside>();

function besideOf(hook: CanaryWebhook): AskedBeside {
  const beside = calls.get(hook) ?? new AskedBeside();
  calls.set(hook, beside);
  return beside;
}

/**
 * Asks every webhook of an event, one after the other, until one does not say `go`. What is no verdict holds, and so does
 * one that is not there yet: no look waits for it. Each call is a row of the history; one that was not recorded, because
 * the process died, is made again with the same id.
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
    const answer =
      memory ?? (await askBeside(tools, outcome.record, hook, place));
    if (!answer) {
      const why = by(hook, place, wording('webhook.stillAsked'));
      return { outcome, verdict: 'hold', why };
    }
    const { verdict, ...why } = answer;
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

/** The answer of a webhook, where it has come. */
async function askBeside(
  tools: EngineTools,
  record: CanaryRecord,
  hook: CanaryWebhook,
  place: WebhookPlace,
): Promise<Verdict | undefined> {
  const beside = besideOf(hook);
  const id = callId(record, hook, place);
  const answer = () =>
    beside.take<Verdict>(
      record.id,
      id,
      LONGEST_CALL_MS + 2 * record.plan.checkSeconds * 1000,
    )?.value;
  const earlier = answer();
  if (earlier) {
    return earlier;
  }
  await beside.begin(record.id, id, unwanted =>
    call(tools, record, hook, place, verdictOf, unwanted),
  );
  return answer();
}

/** The canary goes back, whatever those that were asked would say: their calls are rows of its history all the same. */
export function overtakeWebhooks(
  tools: EngineTools,
  outcome: Outcome,
  place: WebhookPlace,
): Outcome {
  return hooksOf(tools, place.event)
    .filter(hook => besideOf(hook).drop(outcome.record.id))
    .reduce(
      (before, hook) =>
        remember(before, hook, place, {
          calls: (memoryOf(before.record, hook, place)?.calls ?? 0) + 1,
          verdict: 'hold',
          ...by(hook, place, wording('webhook.overtaken')),
          at: tools.now().toISOString(),
        }),
      outcome,
    );
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

function callId(
  record: CanaryRecord,
  hook: CanaryWebhook,
  place: WebhookPlace,
): string {
  const number = (memoryOf(record, hook, place)?.calls ?? 0) + 1;
  return `${record.id}.${place.event}.${place.key}.${number}`;
}

/** Whose words they are, and at which place. */
function by(
  { name }: CanaryWebhook,
  { event }: WebhookPlace,
  ...words: Words[]
): Sentences {
  return said(
    wording('webhook.by', { name }, { event: `webhook.${event}` }),
    ...words,
  );
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
