import { z } from 'zod/v3';
import type { AssistantAction } from './AssistantAction';
import { byAction } from './byAction';
import { canaryIdSchema, canarySchema, withPage } from './canarySchemas';

const input = z.object({
  id: canaryIdSchema,
  version: z
    .number()
    .int()
    .min(0)
    .describe(
      "The canary's version that this was decided on; has it moved on since, nothing happens",
    ),
  reason: z.string().min(1).max(2000),
});

const answer = z.object({ canary: canarySchema });

type Control = AssistantAction<typeof input, typeof answer>;

export const pauseCanaryAction: Control = {
  name: 'pause-canary',
  title: 'Pause a canary',
  description:
    'Stops a canary where it is: its weights stay until a person resumes it or rolls it back.',
  // Asked again it is refused, because the version has moved on: nothing more happens.
  attributes: { readOnly: false, destructive: false, idempotent: true },
  input,
  answer,
  run: (asked, credentials, tools) =>
    control('pause', 'pause-canary', asked, credentials, tools),
};

export const rollBackCanaryAction: Control = {
  name: 'roll-back-canary',
  title: 'Roll a canary back',
  description:
    'Gives all traffic of a running canary back to the weights of before, at once.',
  attributes: { readOnly: false, destructive: true, idempotent: true },
  input,
  answer,
  run: (asked, credentials, tools) =>
    control('rollBack', 'roll-back-canary', asked, credentials, tools),
};

async function control(
  action: 'pause' | 'rollBack',
  name: string,
  { id, version, reason }: z.output<typeof input>,
  credentials: Parameters<Control['run']>[1],
  { desk }: Parameters<Control['run']>[2],
) {
  const canary = await desk.act(
    id,
    async () => ({ action, version, reason }),
    credentials,
    byAction(name, credentials),
  );
  return { canary: withPage(canary) };
}
