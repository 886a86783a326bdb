import { mockCredentials } from '@backstage/backend-test-utils';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import type { Neighbour } from '../target/ownership';
import { z } from 'zod';
import { veilNeighbours } from './veilNeighbours';

const HIDDEN = 'a service you may not see (1)';

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

const NAMESPACES = ['ai', 'shop', 'lab'];

async function veil(answer: unknown, ...names: string[]) {
  const asked: Neighbour[][] = [];
  const veiled = await veilNeighbours({
    among: async neighbours => {
      asked.push([...neighbours]);
      return neighbours.flatMap(one =>
        names.includes(one.name)
          ? // As a cluster does, which knows whether it has such a namespace.
            [
              one.ifKnown && !NAMESPACES.includes(one.namespace ?? '')
                ? { ...one, namespace: undefined }
                : one,
            ]
          : [],
      );
    },
  })(answer, target, mockCredentials.user());
  return {
    veiled,
    // Words of texts are asked about too, and few of them are names.
    asked: asked
      .flat()
      .filter(({ ifKnown }) => !ifKnown)
      .map(({ name }) => name),
  };
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
          {
            promql:
              'max(y{cluster_name=~"outbound\\\\|[0-9]*\\\\|(mail\\\\.post\\\\.svc\\\\.cluster\\\\.local);?"})',
          },
        ],
        callers: [
          { cluster: 'eu', principal: 'cluster.local/ns/lab/sa/default' },
        ],
        nodes: [node('shop', 'cart')],
      },
      ...['cart', 'web', 'jobs-v1', 'nightly.run', 'mail', 'default'],
    );
    const text = JSON.stringify(veiled);
    expect(text).not.toMatch(/cart|web|jobs|nightly|mail|lab|shop|post/);
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

  it.each([
    [
      'shop/cart calls it in plaintext.',
      `hidden/${HIDDEN} calls it in plaintext.`,
    ],
    [
      'It and cart fail for each other.',
      `It and ${HIDDEN} fail for each other.`,
    ],
    ['Ask "cart", or svc/cart.', `Ask "${HIDDEN}", or svc/${HIDDEN}.`],
    ['The span cart.shop is slow', `The span ${HIDDEN}.hidden is slow`],
    [
      'pod!~"cart-[a-z0-9]+-[a-z0-9]{5}"',
      `pod!~"${HIDDEN}-[a-z0-9]+-[a-z0-9]{5}"`,
    ],
    [
      'cart-v2, my-cart and carts are others',
      'cart-v2, my-cart and carts are others',
    ],
  ])(
    'finds one that is named only within the sentence %j',
    async (said, told) => {
      const { veiled } = await veil(
        { findings: [{ message: said, params: { said } }] },
        'cart',
      );
      expect(veiled).toEqual({
        findings: [{ message: told, params: { said: told } }],
      });
    },
  );

  it('leaves out a fix that names one, and keeps another', async () => {
    const fix = (name: string) => ({
      yaml: `host: ${name}.${name === 'chat' ? 'ai' : 'shop'}`,
    });
    const { veiled } = await veil(
      {
        findings: [
          { id: 'a', fix: fix('cart') },
          { id: 'b', fix: fix('chat') },
        ],
      },
      'cart',
    );
    expect(veiled).toEqual({
      findings: [{ id: 'a' }, { id: 'b', fix: fix('chat') }],
    });
  });

  it('keeps words that the answer’s schema gives, and references into the catalog', async () => {
    const schema = z.object({
      sources: z.array(
        z.union([
          z.object({ name: z.enum(['prometheus', 'kiali']), by: z.string() }),
          z.object({ name: z.literal('jaeger') }).optional(),
        ]),
      ),
      caller: z.string(),
    });
    const answer = {
      sources: [
        { name: 'prometheus', by: 'user:default/prometheus' },
        { name: 'jaeger' },
      ],
      caller: 'prometheus',
    };
    expect(
      await veilNeighbours({
        among: async found =>
          found.filter(({ name }) => ['prometheus', 'jaeger'].includes(name)),
      })(answer, target, mockCredentials.user(), schema),
    ).toEqual({ ...answer, caller: HIDDEN });
  });

  it('leaves an answer as it is where nothing is hidden', async () => {
    const answer = { nodes: [node('shop', 'cart')] };
    expect((await veil(answer)).veiled).toBe(answer);
  });
});
