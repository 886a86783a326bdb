import fc from 'fast-check';
import type { HostileRequest } from './HostileRequest';
import { present } from './HostileRequest';
import { nearly, requests } from './nearly';
import { anybody } from './oddText';

const entityRef = 'component:default/chat';
const control = {
  id: present.canary,
  version: present.version,
  reason: 'because',
};

/** Of each action right inputs, with every field that it has: a test of the actions fails for one that is not in it. */
export const actionInputs: Record<string, readonly object[]> = {
  overview: [{ entityRef, window: '5m' }],
  'where-does-it-hurt': [{ entityRef, window: '15m', depth: 2 }],
  findings: [
    { entityRef, atLeast: 'note' },
    { entityRef, atLeast: 'high', code: 'AIM103' },
  ],
  'may-call': [
    {
      entityRef,
      cluster: 'shop',
      namespace: 'ai-services',
      service: 'ai-chat-service',
      callerNamespace: 'ai-services',
      callerWorkload: 'ai-orchestrator',
      method: 'POST',
      path: '/v1/chat',
      host: 'ai-chat-service',
      port: 8080,
    },
    {
      entityRef,
      cluster: 'shop',
      namespace: 'ai-services',
      service: 'ai-chat-service',
      principal: 'cluster.local/ns/ai-services/sa/ai-orchestrator',
    },
  ],
  'slo-status': [{ entityRef }],
  facts: [{ entityRef, names: ['mtlsStrict', 'findingsHigh'] }],
  'canary-options': [{ entityRef }],
  'canary-status': [{ id: present.canary }, { entityRef }],
  'explain-verdict': [{ id: present.canary }],
  'request-canary': requests.map((one, index) => ({
    ...one,
    idempotencyKey: `key-${index}`,
  })),
  'pause-canary': [control],
  'roll-back-canary': [control],
};

/** Calls of each action as assistants and other programs make them, below the routes of Backstage's registry. */
export const actionRequests: ReadonlyMap<
  string,
  fc.Arbitrary<HostileRequest>
> = new Map(
  Object.entries(actionInputs).map(([name, inputs]) => [
    name,
    fc.tuple(nearly(...inputs), anybody).map(([body, as]) => ({
      target: name,
      method: 'post' as const,
      path: `/.backstage/actions/v1/actions/ai-mesh:${name}/invoke`,
      body,
      as,
    })),
  ]),
);
