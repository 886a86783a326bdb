import { allow, ask, policy } from './__testUtils__/askPolicies';
import type { CallRequest } from './CallRequest';

/** Whether an ALLOW rule with this content lets the request pass. */
function passes(rule: string, request: Partial<CallRequest> = {}): string {
  return ask(allow(`[${rule}]`), request).split(' ')[0];
}

const source = (fields: string) => `{ from: [{ source: ${fields} }] }`;
const operation = (fields: string) => `{ to: [{ operation: ${fields} }] }`;
const when = (key: string, fields: string) =>
  `{ when: [{ key: "${key}", ${fields} }] }`;

describe('whether a rule means a request', () => {
  it.each<[string, Partial<CallRequest>, string]>([
    // Who
    [source('{ principals: [cluster.local/ns/ai/sa/gateway] }'), {}, 'allowed'],
    [source('{ principals: ["*"] }'), {}, 'allowed'],
    [source('{ principals: ["*"] }'), { principal: null }, 'denied'],
    [source('{ principals: ["*"] }'), { principal: undefined }, 'unknown'],
    [source('{ principals: ["*/sa/gateway"] }'), {}, 'allowed'],
    [source('{ principals: [cluster.local/ns/ai/sa/other] }'), {}, 'denied'],
    [
      source('{ principals: [cluster.local/ns/ai/sa/gateway] }'),
      { principal: 'corp.example/ns/ai/sa/gateway' },
      'unknown',
    ],
    [source('{ notPrincipals: ["*/sa/gateway"] }'), {}, 'denied'],
    [source('{ notPrincipals: ["*"] }'), { principal: null }, 'allowed'],
    [source('{ namespaces: [ai] }'), {}, 'allowed'],
    [source('{ namespaces: [ai] }'), { principal: null }, 'denied'],
    [source('{ namespaces: ["a*"] }'), {}, 'allowed'],
    [source('{ notNamespaces: [ai] }'), {}, 'denied'],
    [source('{ notNamespaces: [ai] }'), { principal: null }, 'allowed'],
    [source('{ serviceAccounts: [gateway] }'), {}, 'allowed'],
    [source('{ serviceAccounts: [shop/gateway] }'), {}, 'denied'],
    [source('{ serviceAccounts: [ai/gateway] }'), {}, 'allowed'],
    [source('{ ipBlocks: [10.0.0.0/8] }'), {}, 'unknown'],
    [source('{ ipBlocks: [10.0.0.0/8] }'), { ip: '10.1.1.1' }, 'allowed'],
    [source('{ notIpBlocks: [10.0.0.0/8] }'), { ip: '10.1.1.1' }, 'denied'],
    [source('{ remoteIpBlocks: [10.0.0.0/8] }'), { ip: '10.1.1.1' }, 'unknown'],
    [source('{ trustDomains: [cluster.local] }'), {}, 'allowed'],
    [source('{ trustDomains: ["cluster.*"] }'), {}, 'allowed'],
    [source('{ trustDomains: [td1.example] }'), {}, 'denied'],
    [source('{ trustDomains: ["*"] }'), { principal: null }, 'denied'],
    [source('{ notTrustDomains: [cluster.local] }'), {}, 'denied'],
    [source('{ notTrustDomains: [td1.example] }'), {}, 'allowed'],
    [
      source('{ notTrustDomains: [td1.example] }'),
      { principal: null },
      'allowed',
    ],
    [
      source('{ trustDomains: [td1.example] }'),
      { principal: '/ns/ai/sa/gateway' },
      'unknown',
    ],
    // The original address of a bare connection is its peer's.
    [
      source('{ remoteIpBlocks: [10.0.0.0/8] }'),
      { tcp: true, ip: '10.1.1.1' },
      'allowed',
    ],
    [
      source('{ notRemoteIpBlocks: [10.0.0.0/8] }'),
      { tcp: true, ip: '10.1.1.1' },
      'denied',
    ],
    [source('{ remoteIpBlocks: [10.0.0.0/8] }'), { tcp: true }, 'unknown'],
    [
      when('remote.ip', 'values: [10.0.0.0/8]'),
      { tcp: true, ip: '10.1.1.1' },
      'allowed',
    ],
    // What a newer Istio may know
    [source('{ principals: ["*"], regions: [eu] }'), {}, 'unknown'],
    [operation('{ methods: [POST], schemes: [https] }'), {}, 'unknown'],
    ['{ unless: [{}] }', {}, 'unknown'],
    [
      '{ when: [{ key: source.ip, values: [10.0.0.1], mode: any }] }',
      { ip: '10.0.0.1' },
      'unknown',
    ],
    [when('source.region', 'values: [eu]'), {}, 'unknown'],
    [when('request.headers', 'values: [eu]'), {}, 'unknown'],
    [source('{ requestPrincipals: ["*"] }'), {}, 'denied'],
    [
      source('{ requestPrincipals: ["*"] }'),
      { requestPrincipal: undefined },
      'unknown',
    ],
    // Istio accepts no empty source: what it would make of one is not known.
    [source('{}'), {}, 'unknown'],
    // The fields of one source are AND, the sources OR.
    [source('{ namespaces: [ai], principals: ["*/sa/x"] }'), {}, 'denied'],
    [
      '{ from: [{ source: { namespaces: [shop] } }, { source: { principals: ["*/sa/gateway"] } }] }',
      {},
      'allowed',
    ],
    [source('{ namespaces: [ai], notPrincipals: ["*/sa/x"] }'), {}, 'allowed'],
    // What
    [operation('{ methods: [GET, POST] }'), {}, 'allowed'],
    [operation('{ methods: [GET] }'), {}, 'denied'],
    [operation('{ notMethods: [POST] }'), {}, 'denied'],
    [operation('{ methods: ["P*"] }'), {}, 'allowed'],
    [operation('{ paths: [/api/chat], methods: [POST] }'), {}, 'allowed'],
    [operation('{ paths: [/api/chat], methods: [GET] }'), {}, 'denied'],
    [operation('{ paths: ["/api/{*}"] }'), {}, 'allowed'],
    [operation('{ notPaths: ["/api/*"] }'), {}, 'denied'],
    [operation('{ paths: ["/api*"], notPaths: [/api/chat] }'), {}, 'denied'],
    [operation('{ ports: ["8080"] }'), {}, 'allowed'],
    [operation('{ ports: ["80"] }'), {}, 'denied'],
    [operation('{ notPorts: ["8080"] }'), {}, 'denied'],
    [operation('{ ports: ["80"] }'), { port: undefined }, 'unknown'],
    [operation('{ hosts: ["CHAT.ai"] }'), {}, 'allowed'],
    [operation('{ hosts: [chat] }'), { host: undefined }, 'unknown'],
    [
      '{ to: [{ operation: { methods: [GET] } }, { operation: { paths: ["/api/{**}"] } }] }',
      {},
      'allowed',
    ],
    // On which conditions
    [when('source.namespace', 'values: [ai]'), {}, 'allowed'],
    [when('source.namespace', 'notValues: [ai]'), {}, 'denied'],
    [when('source.principal', 'values: ["*"]'), { principal: null }, 'denied'],
    [when('source.serviceAccount', 'values: [ai/gateway]'), {}, 'allowed'],
    [when('source.ip', 'values: [10.0.0.0/8]'), { ip: '10.0.0.1' }, 'allowed'],
    [when('destination.port', 'values: ["8080"]'), {}, 'allowed'],
    [when('request.headers[x-tier]', 'values: [vip]'), {}, 'unknown'],
    [
      when('request.headers[X-Tier]', 'values: [vip]'),
      { headers: new Map([['x-tier', 'vip']]) },
      'allowed',
    ],
    [
      when('request.headers[x-tier]', 'values: ["*"]'),
      { headers: new Map() },
      'denied',
    ],
    [
      when('request.headers[x-tier]', 'values: ["*"]'),
      { headers: new Map([['x-tier', '']]) },
      'allowed',
    ],
    [
      when('request.headers[x-tier]', 'notValues: ["*"]'),
      { headers: new Map([['x-tier', '']]) },
      'denied',
    ],
    [
      when('request.headers[x-tier]', 'notValues: [vip]'),
      { headers: new Map() },
      'allowed',
    ],
    [when('request.auth.claims[iss]', 'values: [me]'), {}, 'denied'],
    [
      when('request.auth.claims[iss]', 'values: [me]'),
      { requestPrincipal: undefined },
      'unknown',
    ],
    [when('request.auth.audiences', 'notValues: [me]'), {}, 'allowed'],
    [when('request.auth.principal', 'values: ["*"]'), {}, 'denied'],
    [when('connection.sni', 'values: [x]'), {}, 'unknown'],
    [when('destination.ip', 'values: [10.0.0.1]'), {}, 'unknown'],
    [when('remote.ip', 'values: [10.0.0.1]'), {}, 'unknown'],
    [
      when('experimental.envoy.filters.network.x[k]', 'values: [v]'),
      {},
      'unknown',
    ],
    [when('request.colour', 'values: [red]'), {}, 'unknown'],
    // from, to and when are AND; a certain no outweighs what is not known.
    [
      '{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }], to: [{ operation: { methods: [GET] } }] }',
      {},
      'denied',
    ],
    // Bare connections
    [operation('{ methods: [POST] }'), { tcp: true }, 'denied'],
    [operation('{ ports: ["8080"] }'), { tcp: true }, 'allowed'],
    [
      '{ to: [{ operation: { ports: ["8080"] } }, { operation: { methods: [POST] } }] }',
      { tcp: true },
      'denied',
    ],
    [when('request.headers[x]', 'values: [y]'), { tcp: true }, 'denied'],
  ])('%s with %o: %s', (rule, request, expected) => {
    expect(passes(rule, request)).toBe(expected);
  });

  it('denies more on bare connections, where nobody sees methods', () => {
    const stop = policy(
      `{ action: DENY, rules: [${operation('{ methods: [GET] }')}] }`,
    );
    expect(ask(stop)).toBe('allowed no-policy');
    expect(ask(stop, { tcp: true })).toBe('denied deny-rule p spec.rules[0]');
  });

  it('names the field that would have to be known', () => {
    expect(ask(allow(`[{}, ${source('{ ipBlocks: [10.0.0.0/8] }')}]`))).toBe(
      'allowed allow-rule p spec.rules[0]',
    );
    expect(ask(allow(`[${source('{ ipBlocks: [10.0.0.0/8] }')}]`))).toBe(
      'unknown undecidable p spec.rules[0].from[0].source.ipBlocks',
    );
  });

  it('does not know where a DENY rule cannot be decided', () => {
    expect(
      ask(
        allow('[{}]') +
          policy(
            `{ action: DENY, rules: [${when('connection.sni', 'values: [x]')}] }`,
            { name: 'd' },
          ),
      ),
    ).toBe('unknown undecidable d spec.rules[0].when[0]');
  });
});
