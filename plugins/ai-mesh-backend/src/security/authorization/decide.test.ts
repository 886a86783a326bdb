import fc from 'fast-check';
import {
  snapshotFromYaml,
  snapshotOfObjects,
} from '../../kubernetes/__testUtils__/snapshotFromYaml';
import {
  allow,
  ask,
  policy,
  post,
  sidecar,
  workload,
} from './__testUtils__/askPolicies';
import { appliedPolicies } from './appliedPolicies';
import { decide } from './decide';

describe('which policy decides', () => {
  it.each<[string, string, string]>([
    ['no policy at all', '', 'allowed no-policy'],
    [
      'an empty policy allows nothing',
      policy('{}'),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'an empty list of rules allows nothing',
      allow('[]'),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'an empty rule allows all',
      allow('[{}]'),
      'allowed allow-rule p spec.rules[0]',
    ],
    [
      'the second rule',
      allow('[{ to: [{ operation: { methods: [GET] } }] }, {}]'),
      'allowed allow-rule p spec.rules[1]',
    ],
    [
      'DENY goes before ALLOW',
      allow('[{}]') + policy('{ action: DENY, rules: [{}] }', { name: 'stop' }),
      'denied deny-rule stop spec.rules[0]',
    ],
    [
      'a DENY policy without rules denies nothing',
      policy('{ action: DENY }'),
      'allowed no-policy',
    ],
    [
      'a DENY policy that does not match leaves it allowed',
      policy(
        '{ action: DENY, rules: [{ to: [{ operation: { methods: [GET] } }] }] }',
      ),
      'allowed no-policy',
    ],
    [
      'AUDIT decides nothing',
      policy('{ action: AUDIT, rules: [{}] }'),
      'allowed no-policy',
    ],
    [
      'a dry run decides nothing',
      policy('{ action: DENY, rules: [{}] }', {
        annotations: "{ istio.io/dry-run: 'true' }",
      }),
      'allowed no-policy',
    ],
    [
      'CUSTOM leaves it to somebody else',
      policy('{ action: CUSTOM, provider: { name: oidc }, rules: [{}] }'),
      'unknown external p spec.rules[0]',
    ],
    [
      'CUSTOM that does not match does not',
      policy(
        '{ action: CUSTOM, rules: [{ to: [{ operation: { paths: [/admin] } }] }] }',
      ),
      'allowed no-policy',
    ],
    [
      'what CUSTOM says does not matter where DENY denies',
      policy('{ action: CUSTOM, rules: [{}] }', { name: 'c' }) +
        policy('{ action: DENY, rules: [{}] }', { name: 'd' }),
      'denied deny-rule d spec.rules[0]',
    ],
    [
      'another namespace',
      policy('{}', { namespace: 'shop' }),
      'allowed no-policy',
    ],
    [
      'the root namespace',
      policy('{}', { namespace: 'istio-system' }),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'a selector in the root namespace',
      policy('{ selector: { matchLabels: { app: chat } } }', {
        namespace: 'istio-system',
      }),
      'denied no-rule-matched p spec.rules',
    ],
    [
      'a selector for others',
      policy('{ selector: { matchLabels: { app: other } } }'),
      'allowed no-policy',
    ],
    [
      'a target is for gateways and waypoints',
      policy('{ targetRefs: [{ kind: Service, group: "", name: chat }] }'),
      'allowed no-policy',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(ask(yaml)).toBe(expected);
  });
});

describe('a dry run', () => {
  const stop = (value: string) =>
    policy('{ action: DENY, rules: [{}] }', {
      annotations: `{ istio.io/dry-run: '${value}' }`,
    });

  it.each(['1', 't', 'T', 'true', 'TRUE', 'True'])('is "%s"', value => {
    expect(ask(stop(value))).toBe('allowed no-policy');
  });

  it.each(['0', 'false', 'tRUE', 'yes', ' true', ''])('is not "%s"', value => {
    expect(ask(stop(value))).toBe('denied deny-rule p spec.rules[0]');
  });
});

describe('what is not understood is not decided', () => {
  it.each<[string, string]>([
    [
      '{ rules: [{ from: [{ source: { regions: [eu] } }] }] }',
      'unknown undecidable p spec.rules[0].from[0].source.regions',
    ],
    [
      '{ action: DENY, rules: [{ from: [{ source: { principals: ["*"], regions: [eu] } }] }] }',
      'unknown undecidable p spec.rules[0].from[0].source.regions',
    ],
    [
      '{ action: DENY, rules: [{ when: [{ key: source.region, values: [eu] }] }] }',
      'unknown undecidable p spec.rules[0].when[0].key',
    ],
    [
      '{ action: DENY, mode: soft, rules: [{}] }',
      'unknown undecidable p spec.mode',
    ],
    ['{ mode: soft, rules: [{}] }', 'unknown undecidable p spec.mode'],
    [
      '{ selector: { matchExpressions: [] }, rules: [{}] }',
      'unknown undecidable p spec.selector.matchExpressions',
    ],
    // Another rule decides where it can.
    [
      '{ rules: [{ from: [{ source: { regions: [eu] } }] }, {}] }',
      'allowed allow-rule p spec.rules[1]',
    ],
  ])('%s: %s', (spec, expected) => {
    expect(ask(policy(spec))).toBe(expected);
  });

  it('denies all the same where nothing else could let the call in', () => {
    expect(
      ask(
        allow('[]') +
          policy('{ action: DENY, mode: soft, rules: [{}] }', { name: 'd' }),
      ),
    ).toBe('denied no-rule-matched p spec.rules');
  });

  it.each([
    ['ALLOW', 'source.trustDomain', 'values: [cluster.local]'],
    ['DENY', 'source.trustDomain', 'notValues: [cluster.local]'],
    ['DENY', 'source.serviceAccounts', 'values: [gateway]'],
  ])('names the condition of an %s rule: %s', (action, key, values) => {
    const snapshot = snapshotFromYaml(
      policy(
        `{ action: ${action}, rules: [{ when: [{ key: ${key}, ${values} }] }] }`,
      ),
    );
    const applied = appliedPolicies(snapshot, workload);
    for (const proxy of ['sidecar', 'ztunnel'] as const) {
      expect(
        decide(
          snapshot,
          applied,
          { ...post, tcp: proxy === 'ztunnel' },
          {
            ...sidecar,
            proxy,
          },
        ),
      ).toMatchObject({
        verdict: 'unknown',
        because: 'undecidable',
        message: `spec.rules[0].when[0].key of AuthorizationPolicy ai/p asks for ${key}, a field or condition that AI Mesh does not know, which a newer Istio may.`,
      });
    }
  });

  it('names the field in its sentence', () => {
    const snapshot = snapshotFromYaml(
      allow('[{ from: [{ source: { regions: [eu] } }] }]'),
    );
    expect(
      decide(snapshot, appliedPolicies(snapshot, workload), post, sidecar)
        .message,
    ).toBe(
      'spec.rules[0].from[0].source.regions of AuthorizationPolicy ai/p is a field or condition that AI Mesh does not know, which a newer Istio may.',
    );
  });
});

describe('policies that no schema would allow', () => {
  it.each<[string, string]>([
    ['{ action: allow, rules: [{}] }', 'unknown undecidable p spec.action'],
    ['{ action: 5 }', 'unknown undecidable p spec.action'],
    ['{ rules: everything }', 'unknown undecidable p spec.rules'],
    ['nonsense', 'unknown undecidable p spec'],
    [
      '{ selector: { matchLabels: { app: [chat] } }, rules: [{}] }',
      'unknown undecidable p spec.selector.matchLabels.app',
    ],
    [
      '{ rules: [{ from: [{ source: { principals: everyone } }] }] }',
      'unknown undecidable p spec.rules[0].from[0].source.principals',
    ],
    ['{ rules: [null] }', 'unknown undecidable p spec.rules[0]'],
    [
      '{ rules: [{ when: [{ values: [x] }] }] }',
      'unknown undecidable p spec.rules[0].when[0].key',
    ],
    [
      '{ rules: [{ to: [{ operation: { ports: [8080] } }] }] }',
      'unknown undecidable p spec.rules[0].to[0].operation.ports[0]',
    ],
  ])('%s: %s', (spec, expected) => {
    expect(ask(policy(spec))).toBe(expected);
  });

  it('never throw, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            action: fc.constantFrom('ALLOW', 'DENY', 'CUSTOM', 7, null),
            rules: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
          }),
          fc.record({
            rules: fc.array(
              fc.record({
                from: fc.array(fc.record({ source: fc.jsonValue() })),
                to: fc.jsonValue(),
                when: fc.array(fc.jsonValue()),
              }),
            ),
          }),
        ),
        spec => {
          const snapshot = snapshotOfObjects([
            {
              apiVersion: 'security.istio.io/v1',
              kind: 'AuthorizationPolicy',
              metadata: { namespace: 'ai', name: 'p' },
              spec,
            },
          ]);
          const { verdict } = decide(
            snapshot,
            appliedPolicies(snapshot, workload),
            post,
            sidecar,
          );
          expect(['allowed', 'denied', 'unknown']).toContain(verdict);
        },
      ),
    );
  });
});
