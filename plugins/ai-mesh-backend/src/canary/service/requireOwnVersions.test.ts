import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { Ownership } from '../../target/ownership';
import type { Target } from '../../target/Target';
import { requireOwnVersions } from './requireOwnVersions';

const entityRef = 'component:default/llm';

const pool = (name: string, app: string) => `
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: ${name}, namespace: ai }
spec: { selector: { matchLabels: { app: ${app}, pool: ${name} } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ai }
spec: { template: { metadata: { labels: { app: ${app}, pool: ${name} } } } }
---`;

const snapshot = snapshotFromYaml(`
apiVersion: v1
kind: Service
metadata: { name: llm, namespace: ai }
spec: { selector: { app: llm } }
---${pool('llm-v1', 'llm')}${pool('llm-v2', 'llm')}${pool('others', 'others')}`);

/** Nothing but the Service itself says whose it is, unless given. */
function ask(canary: string, marked: string[] = []) {
  const asked: string[] = [];
  const done = requireOwnVersions(
    {
      service: { cluster: 'demo', namespace: 'ai', name: 'llm' },
      stable: { host: 'InferencePool:llm-v1.ai' },
      canary: { host: `InferencePool:${canary}.ai` },
      plan: canaryPlanSchema.parse({}),
    },
    {
      entityRef,
      owners: [],
      clusters: [{ cluster: { name: 'demo' }, snapshot }],
    } as unknown as Target,
    async services =>
      services.map((ref): Ownership => {
        asked.push(ref.name);
        const known =
          ref.name === 'llm' || marked.some(name => ref.name.startsWith(name));
        return {
          ref,
          ...(known && { rule: 'location' as const }),
          owners: known
            ? [ref.name === 'llm' ? entityRef : 'component:default/another']
            : [],
          byOwners: [],
          claims: [],
          unseen: false,
        };
      }),
  );
  return { done, asked };
}

it('takes a pool for the entity’s where nothing but its Service’s workloads is in it', async () => {
  const { done, asked } = ask('llm-v2');
  await done;
  expect(asked).toEqual([
    'llm',
    expect.stringMatching(/^llm-v1-ip-[0-9a-f]{8}$/),
    expect.stringMatching(/^llm-v2-ip-[0-9a-f]{8}$/),
  ]);
});

it.each([
  ['of other pods, of which nothing says whose they are', 'others', []],
  ['that something says to be another’s', 'llm-v2', ['llm-v2-ip-']],
])('refuses a pool %s', async (_, canary, marked) => {
  await expect(ask(canary, marked).done).rejects.toThrow();
});
