import type { FixRequest, FixRequests } from '@ai-mesh/plugin-ai-mesh-common';
import { CLUSTER } from './answers';

/** An entity's pull requests of one kind: none, unless said otherwise. */
export function fixRequests(change: Partial<FixRequests> = {}): FixRequests {
  return {
    entityRef: 'component:default/ai-chat-service',
    observedAt: '2026-01-01T00:00:00.000Z',
    requests: [],
    ...change,
  };
}

/** One that was merged, and that the cluster does not have yet. */
export function fixRequest(change: Partial<FixRequest> = {}): FixRequest {
  return {
    id: 'r1',
    url: 'https://github.com/acme/deployments/pull/7',
    askedBy: 'user:default/olivia',
    askedAt: '2026-01-01T00:00:00.000Z',
    kind: 'strict',
    state: {
      status: 'known',
      value: 'merged',
      at: '2026-01-01T00:00:00.000Z',
    },
    findings: [],
    objects: [
      {
        object: {
          cluster: CLUSTER,
          apiVersion: 'security.istio.io/v1',
          kind: 'PeerAuthentication',
          namespace: 'ai-services',
          name: 'ai-chat-service',
        },
        standing: 'absent',
      },
    ],
    ...change,
  };
}
