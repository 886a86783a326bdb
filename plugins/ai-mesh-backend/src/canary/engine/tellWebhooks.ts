import { said, wording, wordsOf } from '@ai-mesh/plugin-ai-mesh-common';
import { then, unrecorded, type CanaryRecord, type Outcome } from '../machine';
import type { EngineTools } from './EngineTools';
import {
  call,
  hooksOf,
  memoryOf,
  remember,
  type Reply,
  type Verdict,
} from './webhookCall';

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

function heard(reply: Reply): Verdict {
  return reply.status === 'answered'
    ? { verdict: 'go', ...said(wording('webhook.told')) }
    : { verdict: 'hold', ...said(...wordsOf(reply)) };
}
