import fc from 'fast-check';
import {
  snapshotFromYaml,
  snapshotOfObjects,
} from '../../kubernetes/__testUtils__/snapshotFromYaml';
import { ask, policy, post, workload } from './__testUtils__/askPolicies';
import { readByZtunnel, type Rule } from './__testUtils__/ztunnelReading';
import { appliedPolicies } from './appliedPolicies';
import { decide } from './decide';
import type { Enforcer } from './Enforcer';
import { ineffectiveAtZtunnel } from './ineffectiveAtZtunnel';
import { accessPolicy } from './AccessPolicy';

const trust = { own: 'cluster.local', aliases: [] };
const ztunnel: Enforcer = { proxy: 'ztunnel', trust };

const atZtunnel = (yaml: string, request = {}) =>
  ask(yaml, { tcp: true, ...request }, ztunnel);
const deny = (rule: string) => policy(`{ action: DENY, rules: [${rule}] }`);
const allow = (rule: string) => policy(`{ action: ALLOW, rules: [${rule}] }`);
const gateway = '{ source: { principals: [cluster.local/ns/ai/sa/gateway] } }';
const somebody = '{ source: { principals: [cluster.local/ns/ai/sa/other] } }';

describe('a policy that ztunnel enforces', () => {
  it.each<[string, string, string]>([
    [
      'DENY with HTTP fields alone has no effect',
      deny('{ to: [{ operation: { methods: [POST], paths: [/admin] } }] }'),
      'allowed no-effect p spec.rules[0]',
    ],
    [
      'DENY of callers without a token has no effect',
      deny('{ from: [{ source: { notRequestPrincipals: ["*"] } }] }'),
      'allowed no-effect p spec.rules[0]',
    ],
    [
      'DENY on a header has no effect',
      deny('{ when: [{ key: "request.headers[x]", values: [y] }] }'),
      'allowed no-effect p spec.rules[0]',
    ],
    [
      'DENY by the original address has no effect',
      deny('{ from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }] }'),
      'allowed no-effect p spec.rules[0]',
    ],
    [
      'DENY by remote.ip has no effect',
      deny('{ when: [{ key: remote.ip, values: [10.0.0.0/8] }] }'),
      'allowed no-effect p spec.rules[0]',
    ],
    [
      'DENY on source.serviceAccount, which it has as a field but not as a condition, has no effect',
      deny('{ when: [{ key: source.serviceAccount, values: [gateway] }] }'),
      'allowed no-effect p spec.rules[0]',
    ],
    [
      'DENY that mixes in one entry drops the HTTP part',
      deny('{ to: [{ operation: { methods: [GET], ports: ["8080"] } }] }'),
      'denied deny-rule p spec.rules[0]',
    ],
    [
      'DENY that mixes in one source drops the HTTP part',
      deny(
        '{ from: [{ source: { principals: ["*"], notRequestPrincipals: ["*"] } }] }',
      ),
      'denied deny-rule p spec.rules[0]',
    ],
    [
      'DENY that mixes still needs what is left',
      deny('{ to: [{ operation: { methods: [GET], ports: ["80"] } }] }'),
      'allowed no-policy',
    ],
    [
      'DENY with another entry that is not HTTP goes by that one',
      deny(
        '{ to: [{ operation: { methods: [GET] } }, { operation: { ports: ["8080"] } }] }',
      ),
      'denied deny-rule p spec.rules[0]',
    ],
    [
      'DENY of a caller with HTTP alone in "to" has no effect: its empty entry matches nothing',
      deny(`{ from: [${gateway}], to: [{ operation: { methods: [POST] } }] }`),
      'allowed no-effect p spec.rules[0]',
    ],
    [
      'DENY without HTTP denies',
      deny(`{ from: [${gateway}] }`),
      'denied deny-rule p spec.rules[0]',
    ],
    [
      'DENY of everything denies',
      deny('{}'),
      'denied deny-rule p spec.rules[0]',
    ],
    [
      'ALLOW with HTTP fields allows nobody',
      allow(`{ from: [${gateway}], to: [{ operation: { methods: [POST] } }] }`),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'ALLOW on a serviceAccount condition allows nobody',
      allow('{ when: [{ key: source.serviceAccount, values: [gateway] }] }'),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'ALLOW by remoteIpBlocks allows nobody',
      allow('{ from: [{ source: { remoteIpBlocks: [0.0.0.0/0] } }] }'),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'ALLOW by serviceAccounts allows',
      allow('{ from: [{ source: { serviceAccounts: [gateway] } }] }'),
      'allowed allow-rule p spec.rules[0]',
    ],
    [
      'ALLOW of another rule allows',
      policy(
        `{ rules: [{ to: [{ operation: { methods: [POST] } }] }, { from: [${gateway}] }] }`,
      ),
      'allowed allow-rule p spec.rules[1]',
    ],
    [
      'ALLOW of everything allows',
      allow('{}'),
      'allowed allow-rule p spec.rules[0]',
    ],
    [
      'ALLOW of somebody else does not',
      allow(`{ from: [${somebody}] }`),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'CUSTOM has no effect',
      policy('{ action: CUSTOM, provider: { name: oidc }, rules: [{}] }'),
      'allowed no-effect p spec.action',
    ],
    [
      'AUDIT decides nothing',
      policy('{ action: AUDIT, rules: [{}] }'),
      'allowed no-policy',
    ],
    [
      'a star in the middle of a namespace is a star',
      allow('{ from: [{ source: { namespaces: ["a*i"] } }] }'),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'ALLOW of a trust domain alone allows nobody: it is not told',
      allow('{ from: [{ source: { trustDomains: [cluster.local] } }] }'),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'ALLOW without one allows nobody either',
      allow('{ from: [{ source: { notTrustDomains: [td1.example] } }] }'),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'ALLOW of an account in a trust domain allows it in any, or nobody, by the version of Istio',
      allow(
        '{ from: [{ source: { serviceAccounts: [gateway], trustDomains: [td1.example] } }] }',
      ),
      'unknown undecidable p spec.rules[0].from[0].source.trustDomains',
    ],
    [
      'ALLOW of another account in a trust domain does not',
      allow(
        '{ from: [{ source: { serviceAccounts: [other], trustDomains: [cluster.local] } }] }',
      ),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'DENY of a trust domain alone denies nobody',
      deny('{ from: [{ source: { trustDomains: ["*"] } }] }'),
      'allowed no-effect p spec.rules[0]',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(atZtunnel(yaml)).toBe(expected);
  });

  it('takes cluster.local for a trust domain like any other', () => {
    const yaml = allow(`{ from: [${gateway}] }`);
    const principal = 'td1.example/ns/ai/sa/gateway';
    const own = { own: 'td1.example', aliases: [] };
    const request = { tcp: true, principal };
    expect(ask(yaml, request, { proxy: 'ztunnel', trust: own })).toBe(
      'denied no-rule-matched p spec.rules',
    );
    expect(ask(yaml, request, { proxy: 'sidecar', trust: own })).toBe(
      'allowed allow-rule p spec.rules[0]',
    );
  });

  it.each<[string, string[]]>([
    [deny('{ to: [{ operation: { methods: [POST] } }] }'), ['ztunnel-deny']],
    [
      deny('{ to: [{ operation: { methods: [POST], ports: ["80"] } }] }'),
      ['ztunnel-deny-wider'],
    ],
    [allow('{ to: [{ operation: { paths: [/x] } }] }'), ['ztunnel-allow']],
    [
      allow('{ from: [{ source: { trustDomains: [td1.example] } }] }'),
      ['ztunnel-allow'],
    ],
    [
      allow(
        '{ from: [{ source: { namespaces: [ai], notTrustDomains: [td1.example] } }] }',
      ),
      ['ztunnel-allow-wider'],
    ],
    [policy('{ action: CUSTOM, rules: [{}] }'), ['ztunnel-action']],
    [policy('{ action: AUDIT, rules: [{}] }'), ['ztunnel-action']],
    [allow(`{ from: [${gateway}] }`), []],
  ])('%s: %j', (yaml, expected) => {
    const [object] = snapshotFromYaml(yaml).all('AuthorizationPolicy');
    expect(
      ineffectiveAtZtunnel(accessPolicy(object)).map(({ why }) => why),
    ).toEqual(expected);
  });
});

const some = (...values: string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const fields = (choices: Record<string, fc.Arbitrary<string[]>>) =>
  fc
    .record(choices, { requiredKeys: [] })
    .filter(record => Object.keys(record).length > 0) as fc.Arbitrary<
    Record<string, string[]>
  >;
const principals = some(
  '*',
  'td/ns/ai/sa/a',
  'td/*',
  '*/sa/b',
  'td2/ns/ai/sa/a',
);
const namespaces = some('*', 'ai', 'a*', '*p', 'x');
const accounts = some('a', 'ai/b', 'shop/a');
const ports = some('80', '8080');
const rule: fc.Arbitrary<Rule> = fc.record(
  {
    from: fc.array(
      fc.record({
        source: fields({
          principals,
          notPrincipals: principals,
          namespaces,
          notNamespaces: namespaces,
          serviceAccounts: accounts,
          notServiceAccounts: accounts,
          trustDomains: some('td', 'x'),
          notTrustDomains: some('td', 'x'),
          requestPrincipals: some('*'),
          notRemoteIpBlocks: some('10.0.0.0/8'),
        }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    to: fc.array(
      fc.record({
        operation: fields({
          ports,
          notPorts: ports,
          methods: some('GET', 'POST'),
          notPaths: some('/x'),
        }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    when: fc.array(
      fc.oneof(
        fc.record({ key: fc.constant('source.namespace'), values: namespaces }),
        fc.record({
          key: fc.constant('source.principal'),
          notValues: principals,
        }),
        fc.record({ key: fc.constant('destination.port'), values: ports }),
        fc.record({
          key: fc.constantFrom('request.headers[x]', 'source.serviceAccount'),
          values: some('a'),
        }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

describe('what ztunnel decides', () => {
  it('is what a second reading of its table and of istiod’s comes to', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ALLOW' as const, 'DENY' as const),
        fc.array(rule, { maxLength: 3 }),
        fc.option(
          fc.record({
            domain: fc.constantFrom('td', 'td2'),
            namespace: fc.constantFrom('ai', 'shop'),
            account: fc.constantFrom('a', 'b'),
          }),
          { nil: undefined },
        ),
        fc.constantFrom(80, 8080),
        (action, rules, identity, port) => {
          const snapshot = snapshotOfObjects([
            {
              apiVersion: 'security.istio.io/v1',
              kind: 'AuthorizationPolicy',
              metadata: { namespace: 'ai', name: 'p' },
              spec: { action, rules },
            },
          ]);
          const { verdict } = decide(
            snapshot,
            appliedPolicies(snapshot, workload),
            {
              ...post,
              tcp: true,
              port,
              principal: identity
                ? `${identity.domain}/ns/${identity.namespace}/sa/${identity.account}`
                : null,
            },
            ztunnel,
          );
          const [older, newer] = [false, true].map(knowsTrustDomains =>
            readByZtunnel(action, rules, { identity, port }, knowsTrustDomains),
          );
          const agreed = older === (action === 'ALLOW') ? 'allowed' : 'denied';
          expect(verdict).toBe(older === newer ? agreed : 'unknown');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
