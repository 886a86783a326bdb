import type { Outage, TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import { call, node, type CallSpec } from './__testUtils__/outages';
import { findOutage } from './findOutage';

/** Calls of which a window has 3,000 are 10 a second. */
const USUAL = 40;

const throttled: CallSpec = { throttled: 0.9 };
const failing: CallSpec = { errors: 0.2 };

/** The chat service fails and the gateway does well, while what the gateway calls is `provider`. */
function outageOf(options: {
  chat?: CallSpec;
  provider?: CallSpec;
  usual?: Record<string, number>;
}): Outage {
  const { chat = failing, provider = throttled, usual } = options;
  const nodes: TopologyNode[] = [
    node('chat', chat),
    node('gateway', {}, { relation: 'provider', distance: 1 }),
    node('model', provider, {
      kind: 'external',
      relation: 'provider',
      distance: 2,
    }),
  ];
  return findOutage(
    nodes,
    [call('chat>gateway'), call('gateway>model', provider)],
    {
      usualPerSecond: new Map(
        Object.entries(usual ?? { 'gateway>model': USUAL }),
      ),
    },
  );
}

/** Who is named, and how sure that is. */
const named = (outage: Outage) =>
  outage.status === 'found'
    ? outage.origins.map(origin => [origin.node, origin.confidence])
    : [];

describe('calls that are hardly made any more', () => {
  it('are to blame where the few that are made go wrong, and say so', () => {
    const outage = outageOf({});
    expect(named(outage)).toEqual([['model', 'possible']]);
    expect(outage).toMatchObject({
      origins: [
        {
          reason:
            '90% of 3,000 requests were throttled (429), and 10 requests a second are sent to it where 40 would be as in the hour before. It is outside the mesh.',
        },
      ],
      suffering: [{ node: 'chat' }],
    });
  });

  it('are to blame in a mesh that is younger than the hour, of which all means are too low', () => {
    const outage = outageOf({
      usual: { chat: 10 / 3, 'gateway>model': USUAL / 3 },
    });
    expect(named(outage)).toEqual([['model', 'possible']]);
    expect(outage).toMatchObject({
      origins: [{ reason: expect.stringContaining('where 40 would be as in') }],
    });
  });

  it.each<[string, Parameters<typeof outageOf>[0]]>([
    ['are as many as ever', { usual: { 'gateway>model': 10 } }],
    ['are hardly fewer', { usual: { 'gateway>model': 19 } }],
    ['were never counted', { usual: {} }],
    ['go well', { provider: {} }],
    ['are throttled as little as ever', { provider: { throttled: 0.1 } }],
    [
      'are fewer because there is less to do',
      { usual: { 'gateway>model': USUAL, chat: USUAL } },
    ],
    [
      'account for little of what is failed',
      {
        chat: { errors: 1 },
        provider: { throttled: 0.9, perSecond: 0.1 },
        usual: { 'gateway>model': 1 },
      },
    ],
  ])('are not where they %s', (_, change) => {
    expect(named(outageOf(change))).toEqual([['chat', 'likely']]);
  });

  it('are not looked for where a call that is made explains it', () => {
    const outage = findOutage(
      [
        node('chat', failing),
        node('store', { errors: 0.4 }, { relation: 'provider', distance: 1 }),
        node('model', throttled, {
          kind: 'external',
          relation: 'provider',
          distance: 1,
        }),
      ],
      [
        call('chat>store', { errors: 0.4 }),
        call('chat>model', { throttled: 0.06 }),
      ],
      { usualPerSecond: new Map([['chat>model', USUAL]]) },
    );
    expect(named(outage)).toEqual([['store', 'likely']]);
  });
});

it('is only possible that it starts at a caller, whose other calls nobody sees', () => {
  const outage = findOutage(
    [
      node('orchestrator', failing, { relation: 'caller', distance: 1 }),
      node('chat'),
    ],
    [call('orchestrator>chat')],
  );
  expect(named(outage)).toEqual([['orchestrator', 'possible']]);
});
