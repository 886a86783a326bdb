import {
  chinese,
  inLanguage,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { findRule, type SplitSelector } from './findRule';
import type { SplitRefusal } from './SplitRefusal';

const selector: SplitSelector = {
  stable: { host: 'chat.ai.svc.cluster.local', subset: 'v1' },
  canary: { host: 'chat.ai.svc.cluster.local', subset: 'v2' },
  clusterDomain: 'cluster.local',
};

function virtualService(spec: Record<string, unknown>): ConfigObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'chat', namespace: 'ai' },
    spec,
  };
}

const to = (subset: string, more: object = {}) => ({
  destination: { host: 'chat', subset, ...more },
});
const vip = [{ headers: { 'x-user-tier': { exact: 'vip' } } }];

describe('findRule', () => {
  it('takes the only rule without a match that holds the stable version', () => {
    const object = virtualService({
      http: [
        { match: vip, route: [to('v1')] },
        { name: 'rest', route: [to('v1'), to('v2')] },
      ],
    });
    const { rule, stable, canary } = findRule(object, selector);
    expect([rule.name, stable.pointer, canary?.pointer]).toEqual([
      'rest',
      '/spec/http/1/route/0',
      '/spec/http/1/route/1',
    ]);
  });

  it('takes a named rule, whatever it matches', () => {
    const object = virtualService({
      http: [{ name: 'vip', match: vip, route: [to('v1')] }],
    });
    expect(findRule(object, { ...selector, rule: 'vip' }).rule.index).toBe(0);
  });

  it('finds the rule again when others were added above it', () => {
    const object = virtualService({
      http: [
        { redirect: { uri: '/elsewhere' }, match: vip },
        { route: [to('v1')] },
      ],
    });
    expect(findRule(object, selector).rule.index).toBe(1);
  });

  it.each([
    [
      'no rule sends to the stable version',
      { http: [{ route: [to('v3')] }] },
      {},
      'No rule of VirtualService ai/chat sends to chat.ai.svc.cluster.local (v1). It has http[0].',
    ],
    [
      'every rule that does has a match',
      { http: [{ name: 'vip', match: vip, route: [to('v1')] }] },
      {},
      'Every rule of VirtualService ai/chat that sends to chat.ai.svc.cluster.local (v1) has a match: http[0] "vip". Name the one to use.',
    ],
    [
      'the only one has a match and no name',
      { http: [{ match: vip, route: [to('v1')] }] },
      {},
      'has a match: http[0]. Name the one to use; for that it needs a name in the object.',
    ],
    [
      'two rules without a match do',
      { http: [{ name: 'a', route: [to('v1')] }, { route: [to('v1')] }] },
      {},
      'more than one rule without a match that sends to chat.ai.svc.cluster.local (v1): http[0] "a", http[1]. Name the one to use.',
    ],
    [
      'the named rule is not there',
      { http: [{ name: 'a', route: [to('v1')] }] },
      { rule: 'b' },
      'has no rule named "b". It has http[0] "a".',
    ],
    [
      'the name is there twice',
      {
        http: [
          { name: 'a', route: [to('v1')] },
          { name: 'a', route: [to('v1')] },
        ],
      },
      { rule: 'a' },
      'has 2 rules named "a"',
    ],
    [
      'the named rule sends elsewhere',
      { http: [{ name: 'a', route: [to('v3')] }] },
      { rule: 'a' },
      'http[0] of VirtualService ai/chat does not send to chat.ai.svc.cluster.local (v1). It sends to chat.ai.svc.cluster.local (v3).',
    ],
    [
      'the stable version stands there twice',
      { http: [{ route: [to('v1'), to('v1')] }] },
      {},
      'sends to chat.ai.svc.cluster.local (v1) 2 times',
    ],
    [
      'the host is routed as TCP',
      { tcp: [{ route: [to('v1')] }] },
      {},
      'VirtualService ai/chat sends to chat.ai.svc.cluster.local as TLS or TCP (tcp[0]). Shares can only be moved where requests are seen: on HTTP and gRPC rules.',
    ],
    [
      'a weight is no number',
      { http: [{ route: [{ ...to('v1'), weight: 'half' }] }] },
      {},
      '/spec/http/0/route/0/weight is "half", not a weight',
    ],
    [
      'the object holds nonsense',
      { http: 'nothing' },
      {},
      'no HTTP or gRPC rule',
    ],
  ])('refuses where %s', (_, spec, change, message) => {
    expect(() =>
      findRule(virtualService(spec), { ...selector, ...change }),
    ).toThrow(message);
  });

  it('says in each language that a route has no rule', () => {
    let words: Words | undefined;
    try {
      findRule(virtualService({}), selector);
    } catch (error) {
      words = (error as SplitRefusal).words;
    }
    expect(inLanguage([words!], chinese)).toMatch(/没有 HTTP 或 gRPC 规则。$/);
  });

  it('compares full hosts: chat of another namespace is another Service', () => {
    const elsewhere = virtualService({
      http: [
        {
          route: [
            {
              destination: {
                host: 'chat.other.svc.cluster.local',
                subset: 'v1',
              },
            },
            to('v1'),
          ],
        },
      ],
    });
    expect(findRule(elsewhere, selector).stable.pointer).toBe(
      '/spec/http/0/route/1',
    );
  });

  it('tells ports apart where the request names one', () => {
    const object = virtualService({
      http: [
        {
          route: [
            to('v1', { port: { number: 80 } }),
            to('v1', { port: { number: 8080 } }),
          ],
        },
      ],
    });
    const stable = { ...selector.stable, port: 8080 };
    expect(findRule(object, { ...selector, stable }).stable.pointer).toBe(
      '/spec/http/0/route/1',
    );
  });

  it('refuses kinds that are no routes', () => {
    const gateway = { ...virtualService({}), kind: 'Gateway' };
    expect(() => findRule(gateway, selector)).toThrow(
      'A Gateway is not a route whose weights can be moved',
    );
  });
});
