import type { TopologyEdge } from '@ai-mesh/plugin-ai-mesh-common';
import { readOnset, type Lately } from '../telemetry';
import { call, node } from './__testUtils__/outages';
import { findOutage } from './findOutage';

type Counts = Partial<Lately['now']>;

/** A last minute, and the four before it. */
const spans = (
  now: Counts,
  before: Counts,
  flags: Lately['flags'] = {},
): Lately => ({
  now: { requests: 0, errors: 0, throttled: 0, ...now },
  before: { requests: 0, errors: 0, throttled: 0, ...before },
  flags,
});

/** Half a minute after it began: the chat service fails 90 of 540 requests, where it had failed hardly any. */
const failing = spans({ requests: 540, errors: 90 }, { requests: 2160 });
/** Of a call for each request. */
const asEver = spans({ requests: 540 }, { requests: 2160 });
const fewer = spans({ requests: 340 }, { requests: 2160 });
const throttled = spans({ requests: 340, throttled: 40 }, { requests: 2160 });

function outageOf(options: {
  chat?: Lately;
  gateway?: Lately;
  model?: Lately;
}) {
  const { chat = failing, gateway = fewer, model = throttled } = options;
  const lately = new Map([
    ['chat', chat],
    ['chat>gateway', gateway],
    ['gateway', gateway],
    ['gateway>model', model],
  ]);
  const edge = (id: string): TopologyEdge => {
    const onset = readOnset(lately.get(id));
    return { ...call(id), ...(onset && { onset }) };
  };
  return findOutage(
    [
      node(
        'chat',
        { errors: 0.04 },
        {
          onset: readOnset(chat),
          health: { status: 'failing', message: 'It fails.' },
        },
      ),
      node('gateway', {}, { relation: 'provider', distance: 1 }),
      node(
        'model',
        {},
        { kind: 'external', relation: 'provider', distance: 2 },
      ),
    ],
    [edge('chat>gateway'), edge('gateway>model')],
    { lately },
  );
}

const named = (options: Parameters<typeof outageOf>[0]) => {
  const outage = outageOf(options);
  return outage.status === 'found'
    ? outage.origins.map(origin => [origin.node, origin.confidence])
    : [];
};

describe('calls that have just become fewer', () => {
  it('are to blame where what is left of them has begun to go wrong, and say so', () => {
    expect(named({})).toEqual([['model', 'possible']]);
    expect(outageOf({})).toMatchObject({
      origins: [
        {
          reason:
            '11.8% of 340 requests were throttled (429) in the last minute, 0% before, and 340 requests were sent to it where 540 would have been as before. It is outside the mesh.',
        },
      ],
      suffering: [{ node: 'chat' }],
    });
  });

  it('are to blame where somebody passes on that they are throttled, and fails nobody', () => {
    expect(
      named({
        chat: spans({ requests: 536, errors: 15 }, { requests: 2200 }),
        // One of seven calls is for this model.
        gateway: spans({ requests: 500, throttled: 9 }, { requests: 2200 }),
        model: spans({ requests: 34, throttled: 8 }, { requests: 276 }),
      }),
    ).toEqual([['model', 'possible']]);
  });

  it('are to blame at the last of those that pass it on', () => {
    expect(named({ gateway: throttled })).toEqual([['model', 'possible']]);
  });

  it.each<[string, Parameters<typeof outageOf>[0]]>([
    ['what is left of them goes well', { model: fewer }],
    [
      'hardly more of them go wrong than before',
      {
        model: spans(
          { requests: 340, throttled: 5 },
          { requests: 2160, throttled: 2 },
        ),
      },
    ],
    [
      'they go no worse than before',
      {
        model: spans(
          { requests: 340, throttled: 40 },
          { requests: 2160, throttled: 250 },
        ),
      },
    ],
  ])(
    'are not where %s, and then it is only possible that it starts here',
    (_, change) => {
      expect(named(change)).toEqual([['chat', 'possible']]);
    },
  );

  it.each<[string, Parameters<typeof outageOf>[0]]>([
    ['they are as many as ever', { gateway: asEver, model: asEver }],
    [
      'chance may have left them out',
      {
        chat: spans({ requests: 54, errors: 9 }, { requests: 216 }),
        gateway: spans({ requests: 47 }, { requests: 216 }),
        model: spans({ requests: 47 }, { requests: 216 }),
      },
    ],
    [
      'they account for little of what is failed',
      {
        chat: spans({ requests: 540, errors: 500 }, { requests: 2160 }),
        gateway: spans({ requests: 400 }, { requests: 2160 }),
      },
    ],
    [
      'the requests that they are missing for were refused before they arrived',
      {
        chat: spans(
          { requests: 540, errors: 200 },
          { requests: 2160 },
          {
            UO: 200 / 60,
          },
        ),
        model: fewer,
      },
    ],
  ])('say nothing where %s', (_, change) => {
    expect(named(change)).toEqual([['chat', 'likely']]);
  });
});
