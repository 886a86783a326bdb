import { AuthorizationRule } from './istioObjects';
import { tunnelRuleMatches } from './tunnelRules';

const subject = {
  principal: 'cluster.local/ns/shop/sa/web',
  namespace: 'shop',
  ip: '10.244.1.7',
  port: 8080,
};

const from = (source: Record<string, string[]>) => [{ source }];
const to = (operation: Record<string, string[]>) => [{ operation }];

/** What istiod and ztunnel make of a rule for a caller that all its connection fields fit. */
const cases: [string, AuthorizationRule, { deny: boolean; allow: boolean }][] =
  [
    ['says nothing', {}, { deny: true, allow: true }],
    [
      'names the caller',
      { from: from({ principals: [subject.principal] }) },
      { deny: true, allow: true },
    ],
    [
      'names its account without a namespace',
      { from: from({ serviceAccounts: ['web'] }) },
      { deny: true, allow: true },
    ],
    [
      'names its account in another namespace',
      { from: from({ serviceAccounts: ['lab/web'] }) },
      { deny: false, allow: false },
    ],
    [
      'names its range of addresses',
      { from: from({ ipBlocks: ['10.244.0.0/16'] }) },
      { deny: true, allow: true },
    ],
    [
      'reads methods alone',
      { to: to({ methods: ['POST'] }) },
      { deny: false, allow: false },
    ],
    [
      'reads methods of a named caller',
      {
        from: from({ principals: [subject.principal] }),
        to: to({ methods: ['POST'] }),
      },
      { deny: false, allow: false },
    ],
    [
      'reads methods on a port',
      { to: to({ methods: ['GET'], ports: ['8080'] }) },
      { deny: true, allow: false },
    ],
    [
      'reads methods on another port',
      { to: to({ methods: ['GET'], ports: ['9090'] }) },
      { deny: false, allow: false },
    ],
    [
      'reads a JWT of a named caller',
      {
        from: from({
          principals: [subject.principal],
          requestPrincipals: ['*'],
        }),
      },
      { deny: true, allow: false },
    ],
    [
      'reads remote addresses',
      { from: from({ remoteIpBlocks: ['10.0.0.0/8'] }) },
      { deny: false, allow: false },
    ],
    [
      'has a condition on a header',
      { when: [{ key: 'request.headers[x]', values: ['1'] }] },
      { deny: false, allow: false },
    ],
    [
      'has a condition on the port',
      { when: [{ key: 'destination.port', values: ['8080'] }] },
      { deny: true, allow: true },
    ],
    [
      'has an operation that it can read beside one that it cannot',
      { to: [...to({ paths: ['/x'] }), ...to({ ports: ['8080'] })] },
      { deny: true, allow: false },
    ],
  ];

describe('a rule at a ztunnel that', () => {
  it.each(cases)('%s', (_name, rule, expected) => {
    const matches = (action: string) =>
      tunnelRuleMatches(rule, subject, { action, namespace: 'shop' });
    expect({ deny: matches('DENY'), allow: matches('ALLOW') }).toEqual(
      expected,
    );
  });
});
