import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from './Demo';

/** A task of the scaffolder at its end. */
export interface EndedTask {
  status: string;
  output?: Record<string, unknown>;
  message: string;
}

/**
 * Runs one of the demo's templates as somebody, to its end.
 *
 * @param meanwhile - is done again and again until then
 */
export async function runTemplate(
  demo: Demo,
  role: string,
  template: string,
  values: object,
  meanwhile: () => Promise<void> = async () => {},
): Promise<EndedTask> {
  const tasks = `${demo.url}/api/scaffolder/v2/tasks`;
  const headers = {
    authorization: `Bearer ${await demo.tokenOf(role)}`,
    'content-type': 'application/json',
  };
  const started = await fetch(tasks, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      templateRef: `template:default/${template}`,
      values,
    }),
  });
  if (!started.ok) {
    throw new Error(await started.text());
  }
  const { id } = (await started.json()) as { id: string };
  for (let attempt = 0; attempt < 240; attempt++) {
    await meanwhile();
    const asked = await fetch(`${tasks}/${id}`, { headers });
    const { status } = (await asked.json()) as { status: string };
    if (status !== 'processing' && status !== 'open') {
      const events = await fetch(`${tasks}/${id}/events`, { headers });
      const all = (await events.json()) as {
        body: { output?: Record<string, unknown>; message: string };
      }[];
      const { output, message } = all.at(-1)!.body;
      return { status, output, message };
    }
    await sleep(500);
  }
  throw new Error('The task did not end within 2 minutes');
}
