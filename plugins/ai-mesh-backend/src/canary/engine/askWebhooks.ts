import {
  said,
  wording,
  wordsOf,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { shortened } from '../../shortened';
import type { CanaryRecord, Outcome, WebhookMemory } from '../machine';
import type { StoredCanary } from '../store';
import type { EngineTools } from './EngineTools';
import {
  by,
  call,
  callId,
  hooksOf,
  keepOpen,
  memoryOf,
  opened,
  remember,
  type CanaryWebhook,
  type Reply,
  type Verdict,
  type WebhookPlace,
} from './webhookCall';

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

/**
 * Asks every webhook of an event, one after the other, until one does not say `go`. What is no verdict holds, and so does
 * one that is not there yet: no look waits for it. Each call is a row of the history, also where nobody wants its answer
 * any more; one that was not recorded, because the process died, is made again with the same id.
 *
 * @param looked - what the look has come to before; its canary is the stored one, a little further
 */
export async function askWebhooks(
  tools: EngineTools,
  stored: StoredCanary,
  looked: Outcome,
  place: WebhookPlace,
): Promise<{
  /** To save the outcome with. */
  stored: StoredCanary;
  outcome: Outcome;
  verdict: 'go' | 'hold' | 'stop';
  why: Sentences;
}> {
  let outcome = looked;
  let kept = stored;
  for (const hook of hooksOf(tools, place.event)) {
    const known = memoryOf(outcome.record, hook, place);
    const memory = known && isFresh(known, tools.now()) ? known : undefined;
    if (!memory) {
      kept = await keepOpen(tools, kept, [hook], place);
      outcome = { ...outcome, record: opened(outcome.record, [hook], place) };
    }
    const answer =
      memory ?? (await askBeside(tools, outcome.record, hook, place));
    if (!answer) {
      const why = by(hook, place, wording('webhook.stillAsked'));
      return { stored: kept, outcome, verdict: 'hold', why };
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
        stored: kept,
        outcome,
        verdict,
        why: { message: why.message, ...(why.words && { words: why.words }) },
      };
    }
  }
  return { stored: kept, outcome, verdict: 'go', why: { message: '' } };
}

/** The answer of a webhook, where it has come. */
async function askBeside(
  tools: EngineTools,
  record: CanaryRecord,
  hook: CanaryWebhook,
  place: WebhookPlace,
): Promise<Verdict | undefined> {
  const id = callId(record, hook, place);
  const subject = subjectOf(hook, record);
  const answer = () =>
    tools.asked.take<Verdict>(
      subject,
      id,
      LONGEST_CALL_MS + 2 * record.plan.checkSeconds * 1000,
    )?.value;
  const earlier = answer();
  if (earlier) {
    return earlier;
  }
  await tools.asked.begin(subject, id, unwanted =>
    call(tools, record, hook, place, verdictOf, unwanted),
  );
  return answer();
}

/** Whatever webhooks were asked about it is decided. */
export function dismissWebhooks(
  { asked, webhooks = [] }: EngineTools,
  record: CanaryRecord,
): void {
  webhooks.forEach(hook => asked.drop(subjectOf(hook, record)));
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

/** Of each canary a webhook is asked one thing at a time. */
function subjectOf({ name }: CanaryWebhook, { id }: CanaryRecord): string {
  return `${name} ${id}`;
}

function isFresh({ verdict, at }: WebhookMemory, now: Date): boolean {
  const age = now.getTime() - new Date(at).getTime();
  return age >= 0 && age < (verdict === 'go' ? LEAVE_MS : PATIENCE_MS);
}
