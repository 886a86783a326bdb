import { rulesOf, to } from './__testUtils__/chatRules';
import { meshOf, virtualService } from './__testUtils__/meshOf';
import { resolveRoutes } from './resolveRoutes';

const chat = { namespace: 'ai', name: 'chat' };

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
          {
            destination: { host: 'shadow', port: { number: 8080 } },
            percentage: { value: 5 },
          },
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
        { host: 'shadow.ai.svc.cluster.local', port: 8080, percent: 5 },
      ],
      headers: [
        'request set x-foo: bar',
        'request remove x-old',
        'v1: response add b: 2',
      ],
      actions: ['rewrite path → /new, host → other'],
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
        actions: ['redirect 302 → host x.example, path /b'],
      },
      { destinations: [], actions: ['directResponse 503'] },
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
  expect(notes).toMatchObject([
    {
      kind: 'unreadable',
      message:
        "VirtualServices of cluster 'test' cannot be read, so rules may be missing here. Grant list.",
      words: [{ key: 'route.kindUnread' }, { key: 'verbatim' }],
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
