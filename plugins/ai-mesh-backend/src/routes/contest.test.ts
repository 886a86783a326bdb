import { httpRoute, meshOf, virtualService } from './__testUtils__/meshOf';
import { resolveRoutes } from './resolveRoutes';

const chat = { namespace: 'ai', name: 'chat' };
const HOST = 'chat.ai.svc.cluster.local';
const toChat = { route: [{ destination: { host: HOST } }] };

const routesOf = (...manifests: string[]) =>
  resolveRoutes(meshOf(manifests.join('')), chat);

const summary = (routes: ReturnType<typeof routesOf>) =>
  routes.rules.map(rule => `${rule.object.name} ${rule.reachable}`);

describe('a VirtualService', () => {
  it.each([
    ['its short name', { hosts: ['chat'] }, {}, true],
    ['its full name', { hosts: [HOST] }, { namespace: 'other' }, true],
    ['a wildcard', { hosts: ['*.ai.svc.cluster.local'] }, {}, true],
    ['everything', { hosts: ['*'] }, {}, true],
    [
      'the short name in another namespace',
      { hosts: ['chat'] },
      { namespace: 'other' },
      false,
    ],
    ['a name that is not full', { hosts: ['chat.ai'] }, {}, false],
    [
      'the mesh and a gateway',
      { hosts: ['chat'], gateways: ['gw', 'mesh'] },
      {},
      true,
    ],
    ['nobody', { hosts: ['chat'], exportTo: ['~'] }, {}, false],
  ])('for %s: does it route the service?', (_, spec, metadata, routed) => {
    const { rules } = routesOf(
      virtualService(
        'any',
        {
          ...spec,
          http: [{ directResponse: { status: 200 } }],
        },
        metadata,
      ),
    );
    expect(rules).toHaveLength(routed ? 1 : 0);
  });

  it('for one namespace alone says so as a condition', () => {
    const { rules } = routesOf(
      virtualService('own', {
        hosts: ['chat'],
        exportTo: ['.'],
        http: [toChat],
      }),
    );
    expect(rules[0].matches).toEqual([
      [{ field: 'sourceNamespace', operator: 'exact', value: 'ai' }],
    ]);
  });

  it('behind a gateway shows only the rules that lead to the service, with their host', () => {
    const { rules } = routesOf(
      virtualService('edge', {
        hosts: ['shop.example.com'],
        gateways: ['gw'],
        http: [
          {
            match: [{ uri: { prefix: '/other' } }],
            route: [{ destination: { host: 'other' } }],
          },
          {
            match: [{ uri: { prefix: '/chat' } }],
            route: [{ destination: { host: 'chat' } }],
          },
        ],
      }),
    );
    expect(rules).toMatchObject([
      {
        path: 'spec.http[1]',
        gateways: ['ai/gw'],
        matches: [
          [
            { field: 'host', operator: 'exact', value: 'shop.example.com' },
            { field: 'uri', operator: 'prefix', value: '/chat' },
          ],
        ],
        reachable: true,
      },
    ]);
  });

  it('shows which of its alternatives is for which gateway', () => {
    const { rules } = routesOf(
      virtualService('chat', {
        hosts: ['chat'],
        gateways: ['mesh', 'gw'],
        http: [
          {
            match: [{ gateways: ['gw'], port: 80 }, { gateways: ['mesh'] }],
            ...toChat,
          },
        ],
      }),
    );
    expect(rules[0]).toMatchObject({
      gateways: ['ai/gw', 'mesh'],
      matches: [
        [
          { field: 'gateway', value: 'ai/gw' },
          { field: 'port', value: '80' },
        ],
        [{ field: 'gateway', value: 'mesh' }],
      ],
    });
  });
});

describe('of two VirtualServices for one host', () => {
  const older = { creationTimestamp: '2026-01-01T00:00:00Z' };
  const newer = { creationTimestamp: '2026-02-01T00:00:00Z' };

  it('the oldest decides alone, the other is shown out of reach, and it is noted', () => {
    const routes = routesOf(
      virtualService('second', { hosts: ['chat'], http: [toChat] }, newer),
      virtualService('first', { hosts: [HOST], http: [toChat] }, older),
    );
    expect(summary(routes)).toEqual(['first true', 'second false']);
    expect(routes.rules[1].unreachableBecause).toBe(
      'VirtualService ai/first has the same host and decides alone.',
    );
    expect(routes.notes).toMatchObject([
      {
        kind: 'several-virtual-services',
        objects: [{ name: 'first' }, { name: 'second' }],
      },
    ]);
  });

  it('the one that names the host more closely decides, without a note', () => {
    const routes = routesOf(
      virtualService(
        'wild',
        {
          hosts: ['*.ai.svc.cluster.local'],
          http: [{ directResponse: { status: 404 } }],
        },
        older,
      ),
      virtualService('exact', { hosts: ['chat'], http: [toChat] }, newer),
    );
    expect(summary(routes)).toEqual(['exact true']);
    expect(routes.notes).toEqual([]);
  });

  it('one for a namespace alone comes first, and the other keeps the other callers', () => {
    const routes = routesOf(
      virtualService('all', { hosts: ['chat'], http: [toChat] }, older),
      virtualService(
        'own',
        { hosts: ['chat'], exportTo: ['.'], http: [toChat] },
        newer,
      ),
    );
    expect(summary(routes)).toEqual(['own true', 'all true']);
    expect(routes.notes).toMatchObject([
      {
        kind: 'several-virtual-services',
        message: expect.stringContaining(' is for callers in ai alone.'),
      },
    ]);
  });

  it('the loser still serves its gateway', () => {
    const routes = routesOf(
      virtualService('first', { hosts: ['chat'], http: [toChat] }, older),
      virtualService(
        'second',
        { hosts: ['chat'], gateways: ['mesh', 'gw'], http: [toChat] },
        newer,
      ),
    );
    expect(summary(routes)).toEqual(['first true', 'second true']);
  });

  it('a route of the Gateway API takes part', () => {
    const routes = routesOf(
      virtualService('istio', { hosts: ['chat'], http: [toChat] }, newer),
      httpRoute(
        'gateway-api',
        {
          parentRefs: [{ kind: 'Service', group: '', name: 'chat' }],
          rules: [{ backendRefs: [{ name: 'chat', port: 8080 }] }],
        },
        older,
      ),
    );
    expect(summary(routes)).toEqual(['gateway-api true', 'istio false']);
    expect(routes.notes).toMatchObject([{ kind: 'several-virtual-services' }]);
  });
});
