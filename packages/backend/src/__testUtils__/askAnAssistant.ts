import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from './Demo';
import { approveWhatWaits } from './rollOut';

const entityRef = 'component:default/ai-chat-service';

/**
 * What an assistant does over MCP for the service's owner: it asks where it hurts, and for a canary, which the approver
 * approves in the portal; then it takes the canary back.
 */
export async function askAnAssistant(demo: Demo): Promise<void> {
  const assistant = new Client({ name: 'assistant', version: '1.0.0' });
  const authorization = `Bearer ${await demo.tokenOf('owner')}`;
  await assistant.connect(
    new StreamableHTTPClientTransport(
      new URL(`${demo.url}/api/mcp-actions/v1`),
      { requestInit: { headers: { authorization } } },
    ),
  );
  const call = async (name: string, input: Record<string, unknown>) => {
    const { structuredContent, content } = await assistant.callTool({
      name: `ai-mesh.${name}`,
      arguments: input,
    });
    if (!structuredContent) {
      throw new Error(`${name}: ${JSON.stringify(content)}`);
    }
    return (structuredContent as { data: any }).data;
  };
  expect(await call('where-does-it-hurt', { entityRef })).toMatchObject({
    entityRef,
    status: expect.stringMatching(/^(none|found|unknown)$/),
  });
  const host = 'ai-chat-service.ai-services.svc.cluster.local';
  const { canary } = await call('request-canary', {
    entityRef,
    service: {
      cluster: 'demo',
      namespace: 'ai-services',
      name: 'ai-chat-service',
    },
    stable: { host, subset: 'v1' },
    canary: { host, subset: 'v2' },
    reason: 'The assistant was asked to',
    idempotencyKey: randomUUID(),
  });
  expect(canary.state).toBe('requested');
  await approveWhatWaits(demo);
  let isTakenBack = false;
  for (let attempt = 0; attempt < 120; attempt++) {
    const [{ state, version }] = (
      await call('canary-status', { id: canary.id })
    ).canaries;
    if (state === 'rolledBack') {
      await assistant.close();
      return;
    }
    if (state === 'progressing' && !isTakenBack) {
      isTakenBack = await call('roll-back-canary', {
        id: canary.id,
        version,
        reason: 'Only to see it',
      }).then(
        () => true,
        // It moved on meanwhile: it is looked at again.
        () => false,
      );
    }
    await sleep(500);
  }
  throw new Error('The canary was not approved and taken back in a minute');
}
