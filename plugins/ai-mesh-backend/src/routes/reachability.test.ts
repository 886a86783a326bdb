import { rulesOf, to } from './__testUtils__/chatRules';

describe('a rule', () => {
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
});
