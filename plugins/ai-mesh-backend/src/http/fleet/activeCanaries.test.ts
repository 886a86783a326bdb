import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { CanaryAccess } from '../canaries';
import { activeCanaries } from './activeCanaries';
import type { FleetRouterOptions } from './fleetRouter';

const canary = (n: number) =>
  ({
    id: `c-${n}`,
    entityRef: 'component:default/chat',
    service: { cluster: 'demo', namespace: 'ai', name: 'chat' },
    state: 'progressing',
    next: { kind: 'wait', message: 'Waits.' },
  }) as unknown as Canary;

it('lists every active canary, however many pages they are', async () => {
  const asked: unknown[] = [];
  const service = {
    rules: { requesterMayApprove: false },
    subjects: async () => [],
    list: async ({ cursor, limit }: { cursor?: string; limit: number }) => {
      asked.push(limit);
      const from = Number(cursor ?? 0);
      const end = Math.min(450, from + limit);
      return {
        canaries: Array.from({ length: end - from }, (_, n) =>
          canary(from + n),
        ),
        ...(end < 450 && { next: String(end) }),
      };
    },
  };
  const access = {
    readable: async () => ({ subjects: [] }),
    mayDecide: async (found: readonly Canary[]) => found.map(() => false),
  };
  const found = await activeCanaries(
    () => service as unknown as ReturnType<FleetRouterOptions['canaries']>,
    access as unknown as CanaryAccess,
    mockCredentials.user('user:default/olivia'),
  );
  expect(found.status === 'known' && found.value.map(({ id }) => id)).toEqual(
    Array.from({ length: 450 }, (_, n) => `c-${n}`),
  );
  expect(asked).toEqual([200, 200, 200]);
});
