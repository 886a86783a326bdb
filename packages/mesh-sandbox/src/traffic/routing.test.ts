import fc from 'fast-check';
import { app, playMesh } from '../testing/playMesh';
import { BehaviourFile } from '../world';

const SUBSETS = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: shop }
spec:
  host: chat
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }`;

const behaviour: BehaviourFile = {
  loads: [
    {
      from: 'shop/web-v1',
      requestsPerSecond: 100,
      requests: [{ to: 'chat:8080', method: 'POST', path: '/api/chat' }],
    },
  ],
};

function routes(http: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat, namespace: shop }
spec:
  hosts: [chat]
  http: ${http}`;
}

function split(v1: number, v2: number): string {
  return routes(
    `[{ route: [{ destination: { host: chat, subset: v1 }, weight: ${v1} }, { destination: { host: chat, subset: v2 }, weight: ${v2} }] }]`,
  );
}

function mesh(http: string, load = behaviour) {
  return playMesh(
    [
      app('web'),
      app('chat', { versions: ['v1', 'v2'] }),
      SUBSETS,
      ...(http ? [http] : []),
    ],
    load,
  );
}

describe('routing', () => {
  it('splits requests by relative weights, whatever they add up to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        (v1, v2) => {
          const played = mesh(split(v1, v2));
          played.play(20);
          const all = played.between('destination', 'web-v1').length;
          const second = played.between('destination', 'web-v1', 'chat-v2');
          const share = v2 / (v1 + v2);
          // Five standard deviations of a share out of that many requests.
          const tolerance = 5 * Math.sqrt((share * (1 - share)) / all);
          expect(Math.abs(second.length / all - share)).toBeLessThan(tolerance);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('follows an edit of a weight from the next second on', () => {
    const played = mesh(split(100, 0));
    played.play(5);
    expect(played.between('source', 'web-v1', 'chat-v2')).toHaveLength(0);
    played.apply(split(0, 100));
    // What was under way ends within this second.
    played.play(1);
    played.forget();
    played.play(5);
    expect(played.between('source', 'web-v1', 'chat-v1')).toHaveLength(0);
    expect(
      played.between('source', 'web-v1', 'chat-v2').length,
    ).toBeGreaterThan(300);
  });

  it('takes any pod of the Service where no VirtualService covers it', () => {
    const played = mesh('');
    played.play(10);
    const first = played.between('destination', 'web-v1', 'chat-v1').length;
    const second = played.between('destination', 'web-v1', 'chat-v2').length;
    expect(first / (first + second)).toBeCloseTo(0.5, 1);
  });

  it.each([
    ['an exact header', 'headers: { x-tier: { exact: vip } }'],
    ['a header prefix', 'headers: { x-tier: { prefix: vi } }'],
    ['a header regex', 'headers: { x-tier: { regex: "v.p" } }'],
    ['a path prefix', 'uri: { prefix: /api }, headers: { x-tier: {} }'],
    ['a method', 'method: { exact: POST }, headers: { x-tier: {} }'],
    [
      'labels of the caller',
      'sourceLabels: { app: web }, headers: { x-tier: {} }',
    ],
  ])('sends what fits %s where the rule says', (_, match) => {
    const played = mesh(
      routes(
        `[{ match: [{ ${match} }], route: [{ destination: { host: chat, subset: v2 } }] }, { route: [{ destination: { host: chat, subset: v1 } }] }]`,
      ),
      {
        loads: [
          {
            from: 'shop/web-v1',
            requestsPerSecond: 40,
            requests: [
              { to: 'chat:8080', method: 'POST', path: '/api/chat' },
              {
                to: 'chat:8080',
                method: 'POST',
                path: '/api/chat',
                headers: { 'x-tier': 'vip' },
              },
            ],
          },
        ],
      },
    );
    played.play(10);
    const first = played.between('source', 'web-v1', 'chat-v1').length;
    const second = played.between('source', 'web-v1', 'chat-v2').length;
    expect(second / (first + second)).toBeGreaterThan(0.35);
    expect(second / (first + second)).toBeLessThan(0.65);
  });

  it('follows a delegate', () => {
    const played = mesh(
      `${routes('[{ delegate: { name: inner } }]')}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: inner, namespace: shop }
spec:
  http: [{ route: [{ destination: { host: chat, subset: v2 } }] }]`,
    );
    played.play(3);
    expect(played.between('source', 'web-v1', 'chat-v1')).toHaveLength(0);
    expect(
      played.between('source', 'web-v1', 'chat-v2').length,
    ).toBeGreaterThan(100);
  });

  it.each([
    [
      'a subset that no DestinationRule defines',
      '[{ route: [{ destination: { host: chat, subset: v9 } }] }]',
      '503 NC',
    ],
    [
      'a host that does not exist',
      '[{ route: [{ destination: { host: nobody } }] }]',
      '503 NC',
    ],
    [
      'rules of which none fits',
      '[{ match: [{ uri: { exact: /no } }], route: [{ destination: { host: chat } }] }]',
      '404 NR',
    ],
    [
      'an injected fault',
      '[{ fault: { abort: { httpStatus: 418, percentage: { value: 100 } } }, route: [{ destination: { host: chat } }] }]',
      '418 FI',
    ],
  ])('answers by itself for %s', (_, http, expected) => {
    const played = mesh(routes(http));
    played.play(2);
    const reports = played.between('source', 'web-v1');
    expect(reports.length).toBeGreaterThan(50);
    expect(
      new Set(reports.map(({ status, flags }) => `${status} ${flags}`)),
    ).toEqual(new Set([expected]));
    expect(played.between('destination', 'web-v1')).toHaveLength(0);
  });

  it('mirrors without reporting the copy at its source', () => {
    const played = mesh(
      routes(
        '[{ route: [{ destination: { host: chat, subset: v1 } }], mirror: { host: chat, subset: v2 }, mirrorPercentage: { value: 50 } }]',
      ),
    );
    played.play(10);
    const sent = played.between('source', 'web-v1').length;
    const copies = played.between('destination', 'web-v1', 'chat-v2').length;
    expect(played.between('source', 'web-v1', 'chat-v2')).toHaveLength(0);
    expect(copies / sent).toBeCloseTo(0.5, 1);
  });

  it('lets a caller without a proxy pass by all routes', () => {
    const played = playMesh(
      [
        app('web', { proxy: false }),
        app('chat', { versions: ['v1', 'v2'] }),
        SUBSETS,
        split(100, 0),
      ],
      behaviour,
    );
    played.play(5);
    expect(played.between('source', 'web-v1')).toHaveLength(0);
    expect(
      played.between('destination', undefined, 'chat-v2').length,
    ).toBeGreaterThan(150);
  });

  describe('a cookie that one version gives to browsers', () => {
    const COOKIE = 'side=new; Path=/; Max-Age=600; HttpOnly';
    const REGEX = '(?:.*;[ \\t]*)?side=new(?:[ \\t]*;.*)?';

    const asVirtualService = (cookie = COOKIE) =>
      routes(
        JSON.stringify([
          {
            match: [{ headers: { cookie: { regex: REGEX } } }],
            route: [{ destination: { host: 'chat', subset: 'v2' } }],
          },
          {
            route: [
              { destination: { host: 'chat', subset: 'v1' }, weight: 80 },
              {
                destination: { host: 'chat', subset: 'v2' },
                weight: 20,
                headers: { response: { add: { 'Set-Cookie': cookie } } },
              },
            ],
          },
        ]),
      );

    const versions = ['v1', 'v2']
      .map(
        version => `
apiVersion: v1
kind: Service
metadata: { name: chat-${version}, namespace: shop }
spec:
  selector: { app: chat, version: ${version} }
  ports: [{ name: http, port: 8080 }]`,
      )
      .join('\n---');
    const asHttpRoute = (cookie = COOKIE) => `${versions}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: chat, namespace: shop }
spec: ${JSON.stringify({
      parentRefs: [{ group: '', kind: 'Service', name: 'chat', port: 8080 }],
      rules: [
        {
          matches: [
            {
              headers: [
                { type: 'RegularExpression', name: 'cookie', value: REGEX },
              ],
            },
          ],
          backendRefs: [{ name: 'chat-v2', port: 8080 }],
        },
        {
          backendRefs: [
            { name: 'chat-v1', port: 8080, weight: 80 },
            {
              name: 'chat-v2',
              port: 8080,
              weight: 20,
              filters: [
                {
                  type: 'ResponseHeaderModifier',
                  responseHeaderModifier: {
                    add: [{ name: 'Set-Cookie', value: cookie }],
                  },
                },
              ],
            },
          ],
        },
      ],
    })}`;

    const from = (browsers: number): BehaviourFile => ({
      loads: [{ ...behaviour.loads![0], browsers }],
    });
    /** The share that the second version has once 10 people have asked for a minute. */
    const shareLater = (http: string, browsers: number) => {
      const played = mesh(http, from(browsers));
      played.play(60);
      played.forget();
      played.play(10);
      const all = played.between('source', 'web-v1').length;
      expect(all).toBeGreaterThan(500);
      return played.between('source', 'web-v1', 'chat-v2').length / all;
    };

    it.each([
      ['a VirtualService', asVirtualService],
      ['an HTTPRoute', asHttpRoute],
    ])('leads them to it from then on, by %s', (_, http) => {
      expect(shareLater(http(), 10)).toBe(1);
      const share = shareLater(http(), 0);
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.3);
    });

    it('leads nobody any more when it has gone by', () => {
      const share = shareLater(
        asVirtualService(COOKIE.replace('600', '0')),
        10,
      );
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.3);
    });

    it('is dropped by applications in between', () => {
      const played = playMesh(
        [
          app('web'),
          app('shop'),
          app('chat', { versions: ['v1', 'v2'] }),
          SUBSETS,
          asVirtualService(),
        ],
        {
          loads: [
            {
              from: 'shop/web-v1',
              requestsPerSecond: 100,
              browsers: 10,
              requests: [{ to: 'shop:8080' }],
            },
          ],
          workloads: [
            { workload: 'shop/shop-v1', calls: [{ to: 'chat:8080' }] },
          ],
        },
      );
      played.play(60);
      const all = played.between('source', 'shop-v1').length;
      const share = played.between('source', 'shop-v1', 'chat-v2').length / all;
      expect(all).toBeGreaterThan(3000);
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.25);
    });
  });
});
