import { readFileSync } from 'fs';
import { resolve } from 'path';
import { parseAllDocuments } from 'yaml';
import {
  destinationRule,
  meshOf,
  virtualService,
} from './__testUtils__/meshOf';
import { resolveRoutes } from './resolveRoutes';

const chat = { namespace: 'ai', name: 'chat' };

/** The rules that a VirtualService `chat` with these http rules gives. */
function rulesOf(http: object[], options?: { subsets?: string[] }) {
  const { subsets = ['v1', 'v2'] } = options ?? {};
  return resolveRoutes(
    meshOf(
      virtualService('chat', { hosts: ['chat'], http }) +
        destinationRule('chat', {
          host: 'chat',
          subsets: subsets.map(name => ({ name, labels: { version: name } })),
        }),
    ),
    chat,
  ).rules;
}

const to = (subset?: string, more: object = {}) => ({
  destination: { host: 'chat', ...(subset && { subset }) },
  ...more,
});

describe('the demo', () => {
  const world = readFileSync(
    resolve(
      __dirname,
      '../../../../packages/mesh-sandbox/worlds/shop/ai-chat-service.yaml',
    ),
    'utf8',
  );
  const routing = parseAllDocuments(world)
    .filter(({ contents }) =>
      /VirtualService|DestinationRule/.test(String(contents)),
    )
    .map(document => document.toString())
    .join('\n---\n');
  const routes = resolveRoutes(
    meshOf(routing, {
      services: { 'ai-chat-service.ai-services': ['v1', 'v2'] },
    }),
    { namespace: 'ai-services', name: 'ai-chat-service' },
  );

  it('reads the rules from top to bottom', () => {
    expect(
      routes.rules.map(rule => ({
        name: rule.name,
        matches: rule.matches,
        split: rule.destinations.map(
          ({ subset, weightPercent }) => `${subset} ${weightPercent}`,
        ),
        timeoutMs: rule.timeoutMs,
        retries: rule.retries,
        reachable: rule.reachable,
      })),
    ).toEqual([
      {
        name: 'vip',
        matches: [
          [
            {
              field: 'header',
              name: 'x-user-tier',
              operator: 'exact',
              value: 'vip',
            },
          ],
        ],
        split: ['v2 100'],
        timeoutMs: 30_000,
        retries: {
          attempts: 2,
          perTryTimeoutMs: 15_000,
          retryOn: ['gateway-error', 'connect-failure', 'retriable-4xx'],
          source: 'route',
        },
        reachable: true,
      },
      {
        name: 'testing',
        matches: [
          [
            {
              field: 'header',
              name: 'x-testing',
              operator: 'exact',
              value: 'true',
            },
          ],
        ],
        split: ['v2 100'],
        timeoutMs: null,
        retries: {
          attempts: 2,
          retryOn: [
            'connect-failure',
            'refused-stream',
            'unavailable',
            'cancelled',
          ],
          source: 'mesh-default',
        },
        reachable: true,
      },
      {
        name: 'split',
        matches: [],
        split: ['v1 90', 'v2 10'],
        timeoutMs: 60_000,
        retries: {
          attempts: 2,
          perTryTimeoutMs: 25_000,
          retryOn: ['gateway-error', 'connect-failure'],
          source: 'route',
        },
        reachable: true,
      },
    ]);
    expect(routes.notes).toEqual([]);
  });

  it('shows what each destination stands for', () => {
    expect(routes.rules[2].destinations[0]).toEqual({
      host: 'ai-chat-service.ai-services.svc.cluster.local',
      kind: 'Service',
      subset: 'v1',
      weight: 90,
      weightPercent: 90,
      subsetLabels: { version: 'v1' },
      endpoints: { status: 'known', value: { ready: 1, total: 1 } },
    });
  });

  it('shows the breaker of the rule and of each subset, which inherits the outlier detection', () => {
    const outlierDetection = {
      consecutiveGatewayErrors: 5,
      consecutive5xxErrors: 5,
      intervalMs: 30_000,
      baseEjectionTimeMs: 60_000,
      maxEjectionPercent: 50,
      minHealthPercent: 30,
    };
    const pool = {
      maxConnections: 100,
      http2MaxRequests: 100,
      maxRequestsPerConnection: 10,
    };
    expect(routes.breakers).toMatchObject([
      {
        connectionPool: { ...pool, http1MaxPendingRequests: 50 },
        outlierDetection,
      },
      {
        subset: 'v1',
        connectionPool: { ...pool, http1MaxPendingRequests: 80 },
        outlierDetection,
      },
      {
        subset: 'v2',
        connectionPool: { ...pool, http1MaxPendingRequests: 30 },
        outlierDetection,
      },
    ]);
  });
});

describe('a rule', () => {
  it('without an object has no place: nothing routes the service', () => {
    expect(resolveRoutes(meshOf(''), chat)).toMatchObject({
      rules: [],
      breakers: [],
      notes: [],
      endpoints: { status: 'known', value: { ready: 2, total: 2 } },
    });
  });

  it.each([
    ['a catch-all', [{ route: [to('v1')] }, { route: [to('v2')] }], false],
    [
      'a catch-all by prefix',
      [
        { match: [{ uri: { prefix: '/' } }], route: [to('v1')] },
        { match: [{ uri: { exact: '/a' } }], route: [to('v2')] },
      ],
      false,
    ],
    [
      'an empty match',
      [
        { match: [{}], route: [to('v1')] },
        { match: [{ method: { exact: 'GET' } }], route: [to('v2')] },
      ],
      false,
    ],
    [
      'a rule with the same match',
      [
        { match: [{ headers: { a: { exact: 'b' } } }], route: [to('v1')] },
        { match: [{ headers: { a: { exact: 'b' } } }], route: [to('v2')] },
      ],
      false,
    ],
    [
      'a wider prefix',
      [
        { match: [{ uri: { prefix: '/api' } }], route: [to('v1')] },
        {
          match: [{ uri: { exact: '/api/chat' }, method: { exact: 'POST' } }],
          route: [to('v2')],
        },
      ],
      false,
    ],
    [
      'two rules that catch each of its alternatives',
      [
        { match: [{ uri: { exact: '/a' } }], route: [to('v1')] },
        { match: [{ uri: { exact: '/b' } }], route: [to('v1')] },
        {
          match: [{ uri: { exact: '/a' } }, { uri: { exact: '/b' } }],
          route: [to('v2')],
        },
      ],
      false,
    ],
    [
      'a narrower prefix',
      [
        { match: [{ uri: { prefix: '/api/chat' } }], route: [to('v1')] },
        { match: [{ uri: { prefix: '/api' } }], route: [to('v2')] },
      ],
      true,
    ],
    [
      'a match on more conditions',
      [
        {
          match: [{ uri: { prefix: '/' }, headers: { a: { exact: 'b' } } }],
          route: [to('v1')],
        },
        { match: [{ uri: { prefix: '/' } }], route: [to('v2')] },
      ],
      true,
    ],
    [
      'a rule for another gateway',
      [
        { match: [{ gateways: ['edge/gw'] }], route: [to('v1')] },
        { route: [to('v2')] },
      ],
      true,
    ],
    [
      'an unreadable match',
      [{ match: [{ uri: 5 }], route: [to('v1')] }, { route: [to('v2')] }],
      true,
    ],
    [
      'the absence of a header',
      [
        { match: [{ withoutHeaders: { a: {} } }], route: [to('v1')] },
        { match: [{ headers: { a: {} } }], route: [to('v2')] },
      ],
      true,
    ],
  ])('after %s: is the last one reachable?', (_, http, reachable) => {
    const rule = rulesOf(http).at(-1)!;
    expect(rule.reachable).toBe(reachable);
    expect(Boolean(rule.unreachableBecause)).toBe(!reachable);
  });

  it('says which rule takes its requests', () => {
    const [, second] = rulesOf([
      { name: 'all', route: [to('v1')] },
      { route: [to('v2')] },
    ]);
    expect(second.unreachableBecause).toBe(
      'spec.http[0] (all) takes every request before it.',
    );
  });

  it.each([
    [{ attempts: 0 }, null],
    [{}, null],
    [
      { attempts: 3 },
      {
        attempts: 3,
        source: 'route',
        retryOn: [
          'connect-failure',
          'refused-stream',
          'unavailable',
          'cancelled',
        ],
      },
    ],
    [
      { attempts: 1, retryOn: ' 503 ,reset, ', perTryTimeout: '2s' },
      {
        attempts: 1,
        source: 'route',
        perTryTimeoutMs: 2000,
        retryOn: ['503', 'reset'],
      },
    ],
  ])('with retries %j tries as %j', (retries, expected) => {
    expect(rulesOf([{ route: [to('v1')], retries }])[0].retries).toEqual(
      expected,
    );
  });

  it.each([
    ['10s', 10_000],
    ['0s', null],
    [undefined, null],
  ])('with the timeout %p waits %p ms', (timeout, timeoutMs) => {
    expect(
      rulesOf([{ route: [to('v1')], ...(timeout && { timeout }) }])[0]
        .timeoutMs,
    ).toBe(timeoutMs);
  });

  it('shows faults, mirrors, header changes and what happens to the path', () => {
    const [rule] = rulesOf([
      {
        match: [{ uri: { prefix: '/old' } }],
        route: [to('v1', { headers: { response: { add: { b: '2' } } } })],
        fault: {
          delay: { fixedDelay: '5s', percentage: { value: 10 } },
          abort: { httpStatus: 503 },
        },
        mirror: { host: 'chat', subset: 'v2' },
        mirrors: [
          { destination: { host: 'shadow' }, percentage: { value: 5 } },
        ],
        headers: { request: { set: { 'x-foo': 'bar' }, remove: ['x-old'] } },
        rewrite: { uri: '/new', authority: 'other' },
      },
    ]);
    expect(rule).toMatchObject({
      fault: {
        delay: { fixedDelayMs: 5000, percent: 10 },
        abort: { status: '503', percent: 0 },
      },
      mirrors: [
        { host: 'chat.ai.svc.cluster.local', subset: 'v2', percent: 100 },
        { host: 'shadow.ai.svc.cluster.local', percent: 5 },
      ],
      headers: [
        'request set x-foo: bar',
        'request remove x-old',
        'towards v1: response add b: 2',
      ],
      actions: ['rewrite path to /new and host to other'],
    });
  });

  it('that answers by itself has neither destinations nor retries', () => {
    expect(
      rulesOf([
        {
          match: [{ uri: { exact: '/a' } }],
          redirect: { uri: '/b', authority: 'x.example', redirectCode: 302 },
        },
        { directResponse: { status: 503 } },
      ]),
    ).toMatchObject([
      {
        destinations: [],
        retries: null,
        actions: ['redirect 302 to host x.example, path /b'],
      },
      { destinations: [], actions: ['respond 503 directly'] },
    ]);
  });

  it('for connections is read too, apart from those for requests', () => {
    const { rules } = resolveRoutes(
      meshOf(
        virtualService('chat', {
          hosts: ['chat'],
          http: [{ route: [to()] }],
          tls: [
            {
              match: [{ port: 443, sniHosts: ['a.example', 'b.example'] }],
              route: [to()],
            },
          ],
          tcp: [{ match: [{ port: 9000 }], route: [to()] }],
        }),
      ),
      chat,
    );
    expect(
      rules.map(({ path, protocol, reachable, retries, matches }) => ({
        path,
        protocol,
        reachable,
        retries: retries?.source,
        matches,
      })),
    ).toEqual([
      {
        path: 'spec.http[0]',
        protocol: 'http',
        reachable: true,
        retries: 'mesh-default',
        matches: [],
      },
      {
        path: 'spec.tls[0]',
        protocol: 'tls',
        reachable: true,
        retries: undefined,
        matches: [
          [
            {
              field: 'sniHosts',
              operator: 'in',
              value: 'a.example, b.example',
            },
            { field: 'port', operator: 'exact', value: '443' },
          ],
        ],
      },
      {
        path: 'spec.tcp[0]',
        protocol: 'tcp',
        reachable: true,
        retries: undefined,
        matches: [[{ field: 'port', operator: 'exact', value: '9000' }]],
      },
    ]);
  });
});

describe('a destination', () => {
  it.each([
    [{ host: 'chat', subset: 'v3' }, 'is not defined by a DestinationRule'],
    [{ host: 'chat', subset: 'v9' }, 'no endpoints with the labels'],
    [{ host: 'gone' }, 'There is no Service ai/gone.'],
    [{ host: 'api.example.com' }, 'No Service and no ServiceEntry'],
    [{ host: 'chat.ai' }, 'write chat.ai.svc.cluster.local'],
  ])('%j has a problem: %s', (destination, problem) => {
    const [rule] = rulesOf([{ route: [{ destination }] }], {
      subsets: ['v1', 'v9'],
    });
    expect(rule.destinations[0].problem).toContain(problem);
  });

  it('of weight 0 beside others gets nothing, without a problem', () => {
    const [rule] = rulesOf([
      { route: [to('v1', { weight: 100 }), to('v2', { weight: 0 })] },
    ]);
    expect(rule.destinations[1]).toMatchObject({ weightPercent: 0, weight: 0 });
    expect(rule.destinations[1].problem).toBeUndefined();
  });

  it('of a rule whose weights are all 0 gets nothing, which is a problem', () => {
    const [rule] = rulesOf([
      { route: [to('v1', { weight: 0 }), to('v2', { weight: 0 })] },
    ]);
    expect(rule.destinations[1]).toMatchObject({
      weightPercent: 0,
      problem: 'All weights of the rule are 0: no request reaches it.',
    });
  });

  it('outside the mesh is known by its ServiceEntry and has no endpoints here', () => {
    const { rules } = resolveRoutes(
      meshOf(
        `${virtualService('chat', {
          hosts: ['chat'],
          http: [{ route: [{ destination: { host: 'api.example.com' } }] }],
        })}---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { namespace: ai, name: provider }
spec: { hosts: ['*.example.com'] }
`,
      ),
      chat,
    );
    expect(rules[0].destinations[0]).toMatchObject({
      kind: 'external',
      endpoints: { status: 'unknown', reason: 'not-configured' },
    });
    expect(rules[0].destinations[0].problem).toBeUndefined();
  });

  it('has unknown endpoints, and no invented problem, where the DestinationRules may not be listed', () => {
    const routes = resolveRoutes(
      meshOf(
        virtualService('chat', {
          hosts: ['chat'],
          http: [{ route: [to('v1')] }],
        }),
        {
          states: {
            DestinationRule: { status: 'forbidden', message: 'may not list' },
          },
        },
      ),
      chat,
    );
    expect(routes.rules[0].destinations[0]).toMatchObject({
      endpoints: { status: 'unknown', reason: 'forbidden' },
    });
    expect(routes.rules[0].destinations[0].problem).toBeUndefined();
    expect(routes.breakers).toBeUndefined();
  });
});

it('says that rules may be missing where VirtualServices may not be listed', () => {
  const { rules, notes } = resolveRoutes(
    meshOf('', {
      states: {
        VirtualService: { status: 'forbidden', message: 'Grant list.' },
        HTTPRoute: { status: 'not-served' },
      },
    }),
    chat,
  );
  expect(rules).toEqual([]);
  expect(notes).toEqual([
    {
      kind: 'unreadable',
      message:
        "VirtualServices of cluster 'test' cannot be read, so rules may be missing here. Grant list.",
      objects: [],
    },
  ]);
});

it('names the path of what it cannot read, and shows the rest', () => {
  const { rules, notes } = resolveRoutes(
    meshOf(
      virtualService('chat', {
        hosts: ['chat', 7],
        http: [
          'nonsense',
          { timeout: 12, retries: [], route: [to('v1', { weight: 'half' })] },
        ],
      }),
    ),
    chat,
  );
  expect(rules).toHaveLength(2);
  expect(rules[1].timeoutMs).toBeNull();
  expect(notes.map(({ kind, message }) => `${kind}: ${message}`)).toEqual(
    expect.arrayContaining([
      'unreadable: spec.hosts[1] of VirtualService ai/chat should be text and is ignored.',
      'unreadable: spec.http[0] of VirtualService ai/chat should be an object and is ignored.',
      'unreadable: spec.http[1].timeout of VirtualService ai/chat should be a duration such as 30s and is ignored.',
      'unreadable: spec.http[1].retries of VirtualService ai/chat should be an object and is ignored.',
      'unreadable: spec.http[1].route[0].weight of VirtualService ai/chat should be a number of at least 0 and is ignored.',
    ]),
  );
});
