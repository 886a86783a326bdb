import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { brief, call, node, outageOf } from './__testUtils__/outages';

describe('findOutage', () => {
  it('finds nothing where nothing fails', () => {
    expect(brief([node('a'), node('b')], [call('a>b')])).toBe('none');
  });

  it('does not know where nothing is known of the entity', () => {
    expect(
      outageOf(
        [node('a', { blind: true }), node('b', {}, { relation: 'provider' })],
        [],
      ),
    ).toEqual({ status: 'unknown', message: 'Nothing is exported.' });
    expect(brief([], [])).toBe('unknown');
  });

  it.each<[string, Parameters<typeof outageOf>, string]>([
    ['clear', [[node('a', { errors: 0.5 })], []], 'likely'],
    [
      'seen of few requests',
      [
        [
          node(
            'a',
            {},
            {
              health: { status: 'failing', message: '' },
              traffic: {
                ...node('a', { errors: 0.5 }).traffic,
                requestCount: { status: 'known', value: 10 },
              },
            },
          ),
        ],
        [],
      ],
      'possible',
    ],
    [
      'of one whose own calls cannot be seen',
      [[node('a', { errors: 0.5 }, { proxy: 'none' })], []],
      'possible',
    ],
    [
      'hardly slower',
      [[node('a', { p95Ms: 2500, usualMs: 1000 })], []],
      'possible',
    ],
    [
      'in a circle',
      [
        [node('a', { errors: 0.5 }), node('b', { errors: 0.5 })],
        [call('a>b', { errors: 0.5 }), call('b>a', { errors: 0.5 })],
      ],
      'possible',
    ],
  ])('is %s: says how sure it is', (_, of, confidence) => {
    expect(outageOf(...of)).toMatchObject({
      origins: expect.arrayContaining([
        expect.objectContaining({ node: 'a', confidence }),
      ]),
    });
  });

  it('finds the deepest failing node, and who suffers from it, nearest first', () => {
    const outage = outageOf(
      [
        node('gateway', { errors: 0.3 }, { relation: 'caller', distance: 1 }),
        node('chat', { errors: 0.4 }),
        node('llm', { errors: 0.5 }, { relation: 'provider', distance: 1 }),
        node('vectors', {}, { relation: 'provider', distance: 1 }),
      ],
      [
        call('gateway>chat', { errors: 0.4 }),
        call('chat>llm', { errors: 0.5, flags: { UF: 4 } }),
        call('chat>vectors'),
      ],
    );
    expect(outage).toEqual({
      status: 'found',
      origins: [
        {
          node: 'llm',
          reason: '50% of 3,000 requests failed.',
          words: [
            wording(
              'clause',
              { share: '50%', count: 3000 },
              { clause: 'call.failed' },
            ),
          ],
          confidence: 'likely',
        },
      ],
      suffering: [
        {
          node: 'chat',
          because: 'llm: 50% of 3,000 requests failed (UF: 40%).',
        },
        { node: 'gateway', because: 'chat: 40% of 3,000 requests failed.' },
      ],
      message: 'It starts at llm; chat and gateway only suffer from it.',
    });
  });

  it.each<[string, Parameters<typeof outageOf>, unknown]>([
    [
      'a provider that takes longer than it used to, and who only waits for it',
      [
        [
          node('a', { p95Ms: 30_000, usualMs: 5000 }),
          node('b', { p95Ms: 28_000, usualMs: 4500 }),
        ],
        [call('a>b', { p95Ms: 28_000, usualMs: 4500 })],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'a node that is slow by itself, though a provider is a little slower too',
      [
        [
          node('a', { p95Ms: 30_000, usualMs: 5000 }),
          node('b', { p95Ms: 400, usualMs: 150 }),
        ],
        [call('a>b', { p95Ms: 400, usualMs: 150 })],
      ],
      { origins: ['a', 'b'], suffering: [] },
    ],
    [
      'a node that fails by itself, though a provider is a little slower',
      [
        [node('a', { errors: 0.5 }), node('b')],
        [call('a>b', { p95Ms: 400, usualMs: 150 })],
      ],
      { origins: ['a'], suffering: [] },
    ],
    [
      'a provider that keeps a failing node waiting for seconds',
      [
        [node('a', { errors: 0.5 }), node('b')],
        [call('a>b', { p95Ms: 20_000, usualMs: 1500 })],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'a slow provider behind one whose telemetry is unknown',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { blind: true }),
          node('c', { p95Ms: 20_000, usualMs: 1500 }),
        ],
        [call('a>b', { blind: true }), call('b>c', { blind: true })],
      ],
      { origins: ['c'], suffering: ['a'] },
    ],
    [
      'a node that fails by itself',
      [[node('a', { errors: 0.5 }), node('b')], [call('a>b')]],
      { origins: ['a'], suffering: [] },
    ],
    [
      'several origins, the deepest first',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { errors: 0.5 }, { relation: 'provider', distance: 1 }),
          node('c', { errors: 0.5 }, { relation: 'provider', distance: 2 }),
          node('d', {}, { relation: 'provider', distance: 1 }),
        ],
        [
          call('a>b', { errors: 0.5 }),
          call('a>d'),
          call('d>c', { errors: 0.5 }),
        ],
      ],
      { origins: ['c', 'b'], suffering: ['a'] },
    ],
    [
      'a provider that fails only this caller',
      [
        [node('a', { errors: 0.5 }), node('b', { errors: 0.01 })],
        [call('a>b', { errors: 0.5 }), call('x>b')],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'a provider that fails, but not for this caller',
      [
        [node('a', { errors: 0.5 }), node('b', { errors: 0.5 })],
        [call('a>b', { errors: 0 })],
      ],
      { origins: ['a', 'b'], suffering: [] },
    ],
    [
      'a circle, together',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { errors: 0.5 }),
          node('c', { errors: 0.5 }),
        ],
        [
          call('a>b', { errors: 0.5 }),
          call('b>a', { errors: 0.5 }),
          call('c>a', { errors: 0.5 }),
        ],
      ],
      { origins: ['a', 'b'], suffering: ['c'] },
    ],
    [
      'a provider behind a circle',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { errors: 0.5 }),
          node('c', { errors: 0.5 }),
        ],
        [
          call('a>b', { errors: 0.5 }),
          call('b>a', { errors: 0.5 }),
          call('b>c', { errors: 0.5 }),
        ],
      ],
      { origins: ['c'], suffering: ['b', 'a'] },
    ],
    [
      'a node that calls itself',
      [[node('a', { errors: 0.5 })], [call('a>a', { errors: 0.5 })]],
      { origins: ['a'], suffering: [] },
    ],
    [
      'what fails behind a node that nothing is known of',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { blind: true }),
          node('c', { errors: 0.5 }),
        ],
        [call('a>b', { blind: true }), call('b>c', { errors: 0.5 })],
      ],
      { origins: ['c'], suffering: ['a'] },
    ],
    [
      'a failing node whose calls nothing is known of',
      [
        [node('a', { errors: 0.5 }), node('b', { errors: 0.5 })],
        [call('a>b', { blind: true })],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'nobody behind a circle of unknown calls',
      [
        [node('a', { errors: 0.5 }), node('b', { blind: true })],
        [call('a>b', { blind: true }), call('b>a', { blind: true })],
      ],
      { origins: ['a'], suffering: [] },
    ],
    [
      'a provider that throttles as much as the node fails',
      [
        [node('a', { errors: 0.5 }), node('b', { throttled: 0.6 })],
        [call('a>b', { throttled: 0.6 })],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'a provider just below the threshold that explains a failure just above it',
      [
        [node('a', { errors: 0.051 }), node('b', { errors: 0.049 })],
        [call('a>b', { errors: 0.049 })],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'no provider that falters too little to explain a failure',
      [
        [node('a', { errors: 0.5 }), node('b', { errors: 0.04 })],
        [call('a>b', { errors: 0.04 })],
      ],
      { origins: ['a'], suffering: [] },
    ],
    [
      'no provider that throttles only a little',
      [
        [node('a', { errors: 0.5 }), node('b', { throttled: 0.1 })],
        [call('a>b', { throttled: 0.1 })],
      ],
      { origins: ['a'], suffering: [] },
    ],
  ])('finds %s', (_, [nodes, edges, patience], expected) => {
    expect(brief(nodes, edges, patience)).toEqual(expected);
  });

  describe('with slow providers', () => {
    it('blames a provider that is given up on although it reports no errors', () => {
      const outage = outageOf(
        [
          node('gateway', { errors: 0.3 }, { relation: 'caller', distance: 1 }),
          node('chat', { errors: 0 }),
        ],
        [call('gateway>chat', { errors: 0.3, flags: { UT: 3 } })],
      );
      expect(outage).toMatchObject({
        origins: [
          {
            node: 'chat',
            reason: '30% of 3,000 requests were given up while waiting.',
          },
        ],
        suffering: [{ node: 'gateway' }],
      });
    });

    it('follows slowness to a provider that takes longer than the first caller waits', () => {
      const outage = outageOf(
        [
          node('gateway', { errors: 0.3 }),
          node('chat', { errors: 0.3 }),
          node('llm', { errors: 0 }),
          node('openai', { errors: 0 }, { kind: 'external', proxy: 'none' }),
          node('vectors', { errors: 0 }),
        ],
        [
          call('gateway>chat', { errors: 0.3, flags: { UT: 3 } }),
          call('chat>llm', { p95Ms: 42_000 }),
          call('chat>vectors', { p95Ms: 40 }),
          call('llm>openai', { p95Ms: 41_000 }),
        ],
        { chat: 25_000 },
      );
      expect(outage).toMatchObject({
        origins: [
          {
            node: 'openai',
            reason:
              'It takes 41 s (p95) where its callers wait for 25 s. It is outside the mesh.',
          },
        ],
        suffering: [{ node: 'llm' }, { node: 'chat' }, { node: 'gateway' }],
      });
    });

    it('does not call a provider slow that is within the time its callers wait', () => {
      expect(
        brief(
          [node('a', { errors: 0.5 }), node('b')],
          [call('a>b', { p95Ms: 12_000 })],
          { a: 25_000, b: 60_000 },
        ),
      ).toEqual({ origins: ['a'], suffering: [] });
    });
  });

  it.each([
    ['at once', ['f>a', 'f>b']],
    ['after a way round', ['f>b', 'f>a']],
  ])(
    'finds what fails behind a node without telemetry, seen %s',
    (_, [first, second]) => {
      const specs = { 'f>a': { flags: { UT: 4 } }, 'f>b': { blind: true } };
      const calls = [first, second].map(path =>
        call(path, specs[path as keyof typeof specs]),
      );
      expect(
        brief(
          [
            node('e', { errors: 0.2 }),
            node('f', { blind: true }),
            node('b', { blind: true }),
            node('a'),
          ],
          [
            call('e>f', { blind: true }),
            ...calls,
            call('b>a', { blind: true }),
          ],
        ),
      ).toEqual({ origins: ['a'], suffering: ['e'] });
    },
  );

  it('says that it cannot look behind a node without a proxy', () => {
    expect(
      outageOf([node('a', { errors: 0.5 }, { proxy: 'none' })], []),
    ).toMatchObject({
      origins: [{ reason: expect.stringContaining('it has no proxy') }],
    });
  });

  it('says that a circle cannot be told apart', () => {
    expect(
      outageOf(
        [node('a', { errors: 0.5 }), node('b', { errors: 0.5 })],
        [call('a>b', { errors: 0.5 }), call('b>a', { errors: 0.5 })],
      ),
    ).toMatchObject({
      message: 'It starts at a and b.',
      origins: [
        { reason: expect.stringContaining('It and b fail for each other') },
        { reason: expect.stringContaining('It and a fail for each other') },
      ],
    });
  });
});
