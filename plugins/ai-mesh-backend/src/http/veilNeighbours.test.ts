import { mockCredentials } from '@backstage/backend-test-utils';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import type { Neighbour } from '../target/ownership';
import { veilNeighbours } from './veilNeighbours';

const target = targetOf(
  clusterTargetOf(snapshotOf({}, { cluster: 'eu' }), [
    { namespace: 'ai', name: 'chat' },
  ]),
);

const node = (namespace: string, name: string) => ({
  id: `eu/${namespace}/${name}`,
  kind: 'service',
  cluster: 'eu',
  namespace,
  name,
  requestsPerSecond: 3,
});

async function veil(answer: unknown, ...names: string[]) {
  const asked: Neighbour[][] = [];
  const veiled = await veilNeighbours({
    among: async neighbours => {
      asked.push([...neighbours]);
      return neighbours.filter(({ name }) => names.includes(name));
    },
  })(answer, target, mockCredentials.user());
  return { veiled, asked: asked.flat().map(({ name }) => name) };
}

describe('veilNeighbours', () => {
  it('takes a name out of everything that it stands in, and leaves the figures', async () => {
    const answer = {
      nodes: [
        node('ai', 'chat'),
        { ...node('shop', 'cart'), links: [{ url: 'https://x/cart' }] },
        node('ai', 'cart-v2'),
      ],
      edges: [{ source: 'eu/shop/cart', target: 'eu/ai/chat' }],
      queries: [{ promql: 'rate(x{source_workload="cart"}[5m])' }],
      message: 'cart calls chat; cart-v2 does not',
    };
    const { veiled, asked } = await veil(answer, 'cart');
    expect(asked).toEqual(['cart', 'cart-v2']);
    const name = 'a service you may not see (1)';
    expect(veiled).toEqual({
      nodes: [
        node('ai', 'chat'),
        { ...node('hidden', name), requestsPerSecond: 3 },
        node('ai', 'cart-v2'),
      ],
      edges: [{ source: `eu/hidden/${name}`, target: 'eu/ai/chat' }],
      queries: [{ promql: `rate(x{source_workload="${name}"}[5m])` }],
      message: `${name} calls chat; cart-v2 does not`,
    });
  });

  it('finds callers, spans and principals, each with a number of its own', async () => {
    const { veiled } = await veil(
      {
        callers: [{ cluster: 'eu', namespace: 'shop', workload: 'web' }],
        traces: [{ cluster: 'eu', spans: [{ service: 'cart.shop' }] }],
        policies: [
          { cluster: 'eu', principals: ['cluster.local/ns/lab/sa/job'] },
        ],
      },
      'web',
      'cart',
      'job',
    );
    expect(JSON.stringify(veiled)).not.toMatch(/web|cart|job|shop|lab/);
    for (const number of [1, 2, 3]) {
      expect(JSON.stringify(veiled)).toContain(`not see (${number})`);
    }
  });

  it('leaves words of the API alone, whatever a Service is called', async () => {
    const { veiled } = await veil(
      [{ ...node('ai', 'service'), status: 'service' }],
      'service',
    );
    expect(veiled).toEqual([
      expect.objectContaining({
        kind: 'service',
        status: 'service',
        name: 'a service you may not see (1)',
      }),
    ]);
  });

  it('leaves an answer as it is where nothing is hidden', async () => {
    const answer = { nodes: [node('shop', 'cart')] };
    expect((await veil(answer)).veiled).toBe(answer);
  });
});
