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
    expect(asked).toEqual(['cart', 'cart-v2', 'cart']);
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

  it('finds names in sentences, hosts and queries, also under keys that hold words elsewhere', async () => {
    const { veiled } = await veil(
      {
        outage: {
          origins: [
            {
              node: 'eu/shop/cart',
              reason:
                'It and cart fail for each other (web.lab.svc.cluster.local).',
            },
          ],
        },
        queries: [
          {
            promql:
              'rate(x{source_workload=~"chat|jobs-v1|nightly\\\\.run"}[5m])',
          },
        ],
        callers: [
          { cluster: 'eu', principal: 'cluster.local/ns/lab/sa/default' },
        ],
        nodes: [node('shop', 'cart')],
      },
      ...['cart', 'web', 'jobs-v1', 'nightly.run', 'default'],
    );
    const text = JSON.stringify(veiled);
    expect(text).not.toMatch(/cart|web|jobs|nightly|lab|shop/);
    expect(text).toContain('ns/hidden/sa/a service you may not see');
    expect(text).toContain('source_workload=~\\"chat|');
  });

  it('leaves hosts outside the mesh, and breakers within an application, as they are called', async () => {
    const { asked } = await veil({
      nodes: [{ ...node('shop', 'api.openai.com'), kind: 'external' }],
      breakers: [
        {
          cluster: 'eu',
          namespace: 'ai',
          name: 'llm',
          state: 'open',
          pods: {},
        },
      ],
      objects: [
        {
          cluster: 'eu',
          namespace: 'ai',
          name: 'x',
          apiVersion: 'v1',
          kind: 'ConfigMap',
        },
      ],
    });
    expect(asked).toEqual([]);
  });

  it('keeps the words of the entity’s own reference', async () => {
    const { veiled } = await veil(
      {
        entityRef: 'component:default/chat',
        nodes: [node('shop', 'component')],
      },
      'component',
    );
    expect(veiled).toMatchObject({ entityRef: 'component:default/chat' });
  });

  it('leaves an answer as it is where nothing is hidden', async () => {
    const answer = { nodes: [node('shop', 'cart')] };
    expect((await veil(answer)).veiled).toBe(answer);
  });
});
