import { known, unknown, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiServiceHealth } from '../kiali/KialiClient';
import { kialiBlindness } from './kialiBlindness';

const health = (
  ...statuses: KialiServiceHealth['status'][]
): KialiServiceHealth[] =>
  statuses.map((status, index) => ({
    namespace: 'ai',
    service: `s${index}`,
    status,
  }));

function blindness(rate: Measured<number>, answered: KialiServiceHealth[]) {
  const traffic = { requestsPerSecond: rate } as TopologyNode['traffic'];
  return kialiBlindness(
    [{ id: 'east/ai/s0', traffic }],
    new Map([['east/ai/s0', { health: 'unknown' }]]),
    answered,
  );
}

describe('kialiBlindness', () => {
  it('is named where every service is NA and requests flow', () => {
    expect(
      blindness(known(3), health('unknown', 'unknown'))?.message,
    ).toContain("its cluster's name is not the one in Istio's metrics");
  });

  it.each([
    ['one service has a health', known(3), health('unknown', 'healthy')],
    ['nothing flows', known(0), health('unknown')],
    [
      'nobody knows whether anything flows',
      unknown('not-exported'),
      health('unknown'),
    ],
    ['it said nothing', known(3), health()],
  ])('is not claimed where %s', (_, rate, answered) => {
    expect(blindness(rate, answered)).toBeUndefined();
  });
});
