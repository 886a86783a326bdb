import type { CanaryList } from '@ai-mesh/plugin-ai-mesh-common';
import type { Demo } from './Demo';
import { runTemplate, type EndedTask } from './runTemplate';

/** Rolls a version of the chat service out by the template, with the approver's yes; gives the task at its end. */
export async function rollOut(demo: Demo, canary: string): Promise<EndedTask> {
  return await runTemplate(
    demo,
    'owner',
    'roll-out-model-version',
    {
      entityRef: 'component:default/ai-chat-service',
      canary,
      reason: 'By the template',
      approvalSeconds: 60,
    },
    () => approveWhatWaits(demo),
  );
}

/** What the approver does in the portal. */
export async function approveWhatWaits(demo: Demo): Promise<void> {
  const headers = {
    authorization: `Bearer ${await demo.tokenOf('approver')}`,
    'content-type': 'application/json',
  };
  const list = await fetch(`${demo.url}/api/ai-mesh/v1/canaries`, { headers });
  const { canaries } = (await list.json()) as CanaryList;
  const waiting = canaries.find(({ state }) => state === 'requested');
  if (waiting) {
    await fetch(`${demo.url}/api/ai-mesh/v1/canaries/${waiting.id}/actions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ action: 'approve', version: waiting.version }),
    });
  }
}
