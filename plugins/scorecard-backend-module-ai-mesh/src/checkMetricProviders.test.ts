import type { Scorecard } from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { mockServices } from '@backstage/backend-test-utils';
import { checkMetricProviders, metricOfCheck } from './checkMetricProviders';

const chat = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name: 'chat' },
};

/** The metrics of AI Mesh's checks, each of which comes to what `outcome` says at the time. */
function metrics() {
  const now = { outcome: 'fail', read: 0 };
  const providers = checkMetricProviders({
    aiMesh: {
      onBehalfOf: () =>
        ({
          scorecard: async () => {
            now.read += 1;
            return {
              checks: ['retries', 'mtls'].map(id => ({
                id,
                outcome: now.outcome,
              })),
            } as Scorecard;
          },
        }) as unknown as ReturnType<AiMeshService['onBehalfOf']>,
    },
    auth: mockServices.auth(),
  });
  const read = (id: 'retries' | 'mtls' | 'slo') =>
    providers
      .find(one => one.getProviderId() === metricOfCheck(id))!
      .calculateMetric(chat);
  return { now, read };
}

describe('the metrics of the checks', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('read the scorecard once for all of them', async () => {
    const { now, read } = metrics();
    expect([await read('retries'), await read('mtls')]).toEqual([false, false]);
    expect(now.read).toBe(1);
  });

  it('read it anew half a minute later, also where the clock was set back', async () => {
    const { now, read } = metrics();
    expect(await read('retries')).toBe(false);
    now.outcome = 'pass';
    jest.setSystemTime(Date.now() - 86_400_000);
    jest.advanceTimersByTime(31_000);
    expect(await read('retries')).toBe(true);
  });

  it('have no value of a check that the entity does not have', async () => {
    await expect(metrics().read('slo')).rejects.toThrow(
      "The check 'slo' does not concern the entity",
    );
  });
});
