import { meshOf, virtualService } from './__testUtils__/meshOf';
import { resolveRoutes } from './resolveRoutes';

const chat = { namespace: 'ai', name: 'chat' };
const toChat = {
  route: [{ destination: { host: 'chat.ai.svc.cluster.local' } }],
};

function delegating(rootRule: object, ...delegates: string[]) {
  return resolveRoutes(
    meshOf(
      virtualService('root', {
        hosts: ['chat'],
        http: [
          { delegate: { name: 'part', namespace: 'team' }, ...rootRule },
          toChat,
        ],
      }) + delegates.join(''),
    ),
    chat,
  );
}

const part = (spec: object) =>
  virtualService('part', spec, { namespace: 'team' });

describe('a delegate', () => {
  it('stands in place of the rule, with the settings of both', () => {
    const { rules, notes, objects } = delegating(
      { name: 'root', match: [{ uri: { prefix: '/api' } }], timeout: '9s' },
      part({
        http: [
          {
            name: 'a',
            match: [{ uri: { prefix: '/api/a' } }],
            ...toChat,
            timeout: '1s',
          },
          { match: [{ headers: { x: { exact: 'y' } } }], ...toChat },
          toChat,
        ],
      }),
    );
    expect(
      rules.map(rule => [
        rule.name,
        `${rule.object.name} ${rule.path}`,
        rule.timeoutMs,
        rule.matches[0]?.map(({ field, value }) => `${field} ${value}`),
      ]),
    ).toEqual([
      ['root-a', 'part spec.http[0]', 1000, ['uri /api/a']],
      ['root', 'part spec.http[1]', 9000, ['header y', 'uri /api']],
      ['root', 'part spec.http[2]', 9000, ['uri /api']],
      [undefined, 'root spec.http[1]', null, undefined],
    ]);
    expect(rules.every(rule => rule.reachable)).toBe(true);
    expect(notes).toEqual([]);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual([
      'root',
      'part',
    ]);
  });

  it.each([
    ['is missing', 'delegate-missing', 'does not exist', []],
    [
      'has hosts of its own',
      'delegate-invalid',
      'has hosts of its own',
      [part({ hosts: ['x.example'], http: [toChat] })],
    ],
    [
      'is not exported to the root',
      'delegate-invalid',
      'is not exported to the namespace ai',
      [part({ exportTo: ['.'], http: [toChat] })],
    ],
    [
      'delegates once more',
      'delegate-nested',
      'one level only',
      [part({ http: [{ delegate: { name: 'deeper' } }] })],
    ],
  ])('that %s leaves the rule out: %s', (_, kind, words, delegates) => {
    const { rules, notes } = delegating({}, ...delegates);
    expect(rules[0]).toMatchObject({
      reachable: false,
      unreachableBecause: expect.stringContaining(words),
    });
    // Left out, it takes no request from the rules after it.
    expect(rules.at(-1)).toMatchObject({ reachable: true });
    expect(notes).toMatchObject([
      { kind, message: expect.stringContaining(words) },
    ]);
  });

  it.each([
    [{ uri: { prefix: '/api' } }, { uri: { prefix: '/other' } }],
    [{ uri: { exact: '/api' } }, { uri: { prefix: '/api' } }],
    [{ uri: { regex: '/api' } }, { uri: { regex: '/api' } }],
    [{ headers: { a: { exact: 'b' } } }, { headers: { a: { exact: 'c' } } }],
  ])('whose match contradicts the root (%j, %j) is left out', (root, own) => {
    const { rules } = delegating(
      { match: [root] },
      part({ http: [{ match: [own], ...toChat }] }),
    );
    expect(rules[0].unreachableBecause).toContain('contradicts');
  });
});
