import type { CanaryOptions } from '@ai-mesh/plugin-ai-mesh-common';
import { chooseCanary } from './chooseCanary';

const service = { cluster: 'demo', namespace: 'ai', name: 'llm' };

it('takes the InferencePool with most of the traffic for the stable version', () => {
  const weight = (name: string, percent: number) => ({
    role: 'other' as const,
    host: `InferencePool:${name}.ai`,
    weight: percent,
    percent,
  });
  const options = {
    services: [
      {
        service,
        routes: [
          {
            catchAll: true,
            weights: [weight('llm-v2', 10), weight('llm-v1', 90)],
          },
        ],
        versions: ['llm-v1', 'llm-v2'].map(label => ({
          label,
          version: { pool: label },
        })),
      },
    ],
  } as unknown as CanaryOptions;
  expect(chooseCanary(options, { canary: 'llm-v2' })).toEqual({
    service,
    stable: { pool: 'llm-v1' },
    canary: { pool: 'llm-v2' },
  });
});
