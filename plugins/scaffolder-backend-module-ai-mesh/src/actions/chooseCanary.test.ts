import {
  canaryOptionsSchema,
  canaryPlanSchema,
  type CanaryOptions,
} from '@ai-mesh/plugin-ai-mesh-common';
import { chooseCanary } from './chooseCanary';

const plan = canaryPlanSchema.parse({});
const weight = (role: string, subset: string, percent: number) => ({
  role,
  host: 'chat.ai.svc.cluster.local',
  subset,
  weight: percent,
  percent,
});
const inCluster = (cluster: string) => ({
  service: { cluster, namespace: 'ai', name: 'chat' },
  routes: [
    {
      route: {
        object: {
          cluster,
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          namespace: 'ai',
          name: 'chat',
        },
      },
      catchAll: true,
      weights: [weight('stable', 'v1', 90), weight('other', 'v2', 10)],
    },
  ],
  versions: ['v1', 'v2'].map(subset => ({
    version: { subset },
    label: subset,
  })),
});
const options = canaryOptionsSchema.parse({
  services: [inCluster('east'), inCluster('west')],
  defaults: plan,
  presets: [],
  sources: [],
});

it('asks which, where the service runs on several clusters and none is named', () => {
  expect(() => chooseCanary(options, { canary: 'v2' })).toThrow(
    'Name the service, one of east/ai/chat, west/ai/chat.',
  );
});

it('takes the first of the named clusters, and the others along in their order', () => {
  expect(
    chooseCanary(options, { canary: 'v2', clusters: ['west', 'east'] }),
  ).toMatchObject({
    service: { cluster: 'west' },
    across: { clusters: ['west', 'east'], order: 'one-after-another' },
  });
  expect(
    chooseCanary(options, {
      canary: 'v2',
      clusters: ['east', 'west'],
      order: 'together',
    }).across?.order,
  ).toBe('together');
});

it('is for one where one is named', () => {
  const { service, across } = chooseCanary(options, {
    canary: 'v2',
    clusters: ['west'],
  });
  expect([service.cluster, across]).toEqual(['west', undefined]);
  expect(() =>
    chooseCanary(options, { canary: 'v2', clusters: ['north'] }),
  ).toThrow(/has no Service/);
});

it('takes the InferencePool with most of the traffic for the stable version', () => {
  const service = { cluster: 'demo', namespace: 'ai', name: 'llm' };
  const poolWeight = (name: string, percent: number) => ({
    role: 'other' as const,
    host: `InferencePool:${name}.ai`,
    weight: percent,
    percent,
  });
  const pools = {
    services: [
      {
        service,
        routes: [
          {
            catchAll: true,
            weights: [poolWeight('llm-v2', 10), poolWeight('llm-v1', 90)],
          },
        ],
        versions: ['llm-v1', 'llm-v2'].map(label => ({
          label,
          version: { pool: label },
        })),
      },
    ],
  } as unknown as CanaryOptions;
  expect(chooseCanary(pools, { canary: 'llm-v2' })).toEqual({
    service,
    stable: { pool: 'llm-v1' },
    canary: { pool: 'llm-v2' },
  });
});
