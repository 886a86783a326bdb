import { said, wording, wordsOf } from '@ai-mesh/plugin-ai-mesh-common';
import { then, unrecorded, type Outcome } from '../machine';
import type { StoredCanary } from '../store';
import { save, type EngineTools } from './EngineTools';
import {
  call,
  hooksOf,
  keepOpen,
  memoryOf,
  remember,
  type Reply,
  type Verdict,
} from './webhookCall';

/** After so many visits a webhook that is only told is given up. */
const MOST_FAILURES = 5;

/**
 * Tells every webhook of what has happened that has not heard it yet, beside the looks: none of them waits for a slow one.
 * What has come of it is recorded once all have answered; a process that dies before that leaves it to be told again, with
 * the same ids.
 */
export async function tellWebhooks(
  tools: EngineTools,
  stored: StoredCanary,
): Promise<StoredCanary> {
  const { toTell } = stored.record.progress;
  if (!toTell) {
    return stored;
  }
  const place = { event: toTell.event, key: 'end' };
  const hooks = hooksOf(tools, toTell.event).filter(
    hook => memoryOf(stored.record, hook, place)?.verdict !== 'go',
  );
  const kept = await keepOpen(tools, stored, hooks, place);
  const { record } = kept;
  const subject = `told ${record.id}`;
  const round = `${toTell.event} ${toTell.failures}`;
  await tools.asked.begin(subject, round, () =>
    Promise.all(hooks.map(hook => call(tools, record, hook, place, heard))),
  );
  const answers = tools.asked.take<Verdict[]>(subject, round, Infinity)?.value;
  if (!answers) {
    return kept;
  }
  const outcome = hooks.reduce<Outcome>(
    (before, hook, index) =>
      remember(before, hook, place, {
        // Another try of the same news: whoever has heard it knows it by its id.
        calls: 0,
        ...answers[index],
        at: tools.now().toISOString(),
      }),
    { record, transitions: [] },
  );
  const failed = answers.some(({ verdict }) => verdict !== 'go');
  const failures = toTell.failures + 1;
  return save(
    tools,
    kept,
    then(outcome, told =>
      unrecorded(told, {
        toTell:
          failed && failures < MOST_FAILURES
            ? { ...toTell, failures }
            : undefined,
      }),
    ),
  );
}

function heard(reply: Reply): Verdict {
  return reply.status === 'answered'
    ? { verdict: 'go', ...said(wording('webhook.told')) }
    : { verdict: 'hold', ...said(...wordsOf(reply)) };
}
