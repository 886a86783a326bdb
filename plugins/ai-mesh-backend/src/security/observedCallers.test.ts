import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { lookBack } from './LookBack';
import { observedCallers, type Observation } from './observedCallers';

const chat = { namespace: 'ai', name: 'chat' };
const week = lookBack(7 * 86_400);
const at = new Date('2026-11-25T12:00:00Z');

const labels = (policy: string, workload = 'batch') => ({
  reporter: 'destination',
  source_workload: workload,
  source_workload_namespace: 'ai',
  destination_service_name: 'chat',
  destination_service_namespace: 'ai',
  connection_security_policy: policy,
  counted: 'requests',
});

const observation = (parts: Partial<Observation>): Observation => ({
  series: known([]),
  now: known([]),
  at,
  lookBack: week,
  ...parts,
});

describe('callers that are younger than the last point of the look-back', () => {
  it.each([
    ['in plaintext', 'none', { plaintext: 900, encrypted: 0, share: 0 }],
    ['encrypted', 'mutual_tls', { plaintext: 0, encrypted: 900, share: 1 }],
  ])('are there when they call %s', (_, policy, mtls) => {
    const observed = observedCallers(
      observation({ now: known([{ labels: labels(policy), rate: 1 }]) }),
      chat,
    );

    expect(week.recentSeconds).toBe(900);
    expect(observed).toMatchObject({
      status: 'known',
      value: [{ workload: 'batch', mtls: { value: mtls } }],
    });
  });

  it('are there as unknown where their reports do not say whether they were encrypted', () => {
    expect(
      observedCallers(
        observation({ now: known([{ labels: labels('unknown'), rate: 1 }]) }),
        chat,
      ),
    ).toMatchObject({
      status: 'known',
      value: [
        {
          id: 'ai/batch',
          mtls: { status: 'unknown', reason: 'no-such-label' },
        },
      ],
    });
  });

  it('are not left out beside others of whom it is known', () => {
    const observed = observedCallers(
      observation({
        now: known([
          { labels: labels('mutual_tls', 'gateway'), rate: 1 },
          { labels: labels('unknown', 'shop'), rate: 1 },
          { labels: labels('none', 'batch'), rate: 1 },
          { labels: labels('none', 'silent'), rate: 0 },
        ]),
      }),
      chat,
    );
    expect(
      observed.status === 'known' &&
        observed.value.map(({ id, mtls }) => [id, mtls.status]),
    ).toEqual([
      ['ai/batch', 'known'],
      ['ai/shop', 'unknown'],
      ['ai/gateway', 'known'],
    ]);
  });

  it('are there by their own side’s reports where the called side has none, and only there', () => {
    const own = (workload: string) => ({
      ...labels('unknown', workload),
      reporter: 'source',
    });
    const observed = observedCallers(
      observation({
        now: known([
          { labels: own('gateway'), rate: 9 },
          { labels: labels('mutual_tls', 'gateway'), rate: 1 },
          { labels: own('shop'), rate: 1 },
        ]),
      }),
      chat,
    );
    expect(observed).toMatchObject({
      value: [
        {
          id: 'ai/shop',
          mtls: {
            status: 'unknown',
            reason: 'not-exported',
            message: expect.stringContaining('Only the caller’s own side'),
          },
        },
        { id: 'ai/gateway', mtls: { value: { encrypted: 900, share: 1 } } },
      ],
    });
  });
});

describe('callers of other clusters', () => {
  const inClusters = (policy: string, from: string, more = {}) => ({
    ...labels(policy),
    source_cluster: from,
    destination_cluster: 'east',
    ...more,
  });

  it('are not their namesakes here', () => {
    const observed = observedCallers(
      observation({
        now: known([
          { labels: inClusters('mutual_tls', 'east'), rate: 1 },
          { labels: inClusters('none', 'west'), rate: 2 },
        ]),
      }),
      chat,
    );
    expect(observed).toMatchObject({
      value: [
        {
          id: 'west/ai/batch',
          cluster: 'west',
          mtls: { value: { share: 0 } },
        },
        { id: 'ai/batch', mtls: { value: { share: 1 } } },
      ],
    });
    expect(observed.status === 'known' && observed.value[1]).not.toHaveProperty(
      'cluster',
    );
  });

  it('spoke plaintext where a ztunnel took a connection without a tunnel', () => {
    expect(
      observedCallers(
        observation({
          now: known([
            {
              labels: inClusters('unknown', 'east', { counted: 'connections' }),
              rate: 1,
            },
          ]),
        }),
        chat,
      ),
    ).toMatchObject({
      value: [{ mtls: { value: { share: 0, encrypted: 0 } } }],
    });
  });
});

it('counts the requests through a waypoint of a caller that connects around it too', () => {
  const rate = (reporter: string, policy: string, counted: string) => ({
    labels: { ...labels(policy), reporter, counted },
    rate: 1,
  });
  expect(
    observedCallers(
      observation({
        now: known([
          rate('waypoint', 'mutual_tls', 'requests'),
          rate('destination', 'unknown', 'connections'),
        ]),
      }),
      chat,
    ),
  ).toMatchObject({
    value: [
      { mtls: { value: { encrypted: 900, plaintext: 900, share: 0.5 } } },
    ],
  });
});

it('counts a caller once that is in both answers, by the larger of them', () => {
  const end = at.getTime() / 1000;
  const observed = observedCallers(
    observation({
      series: known([
        {
          labels: labels('none'),
          values: [
            [end - 900, 2000],
            [end, 500],
          ],
        },
      ]),
      now: known([{ labels: labels('none'), rate: 1 }]),
    }),
    chat,
  );

  expect(observed).toMatchObject({
    value: [{ mtls: { value: { plaintext: 2500, share: 0 } } }],
  });
});

it.each([
  ['no report at all', observation({}), 'not-exported'],
  [
    'reports of nothing',
    observation({ now: known([{ labels: labels('none'), rate: 0 }]) }),
    'no-traffic',
  ],
  [
    'a Prometheus that does not answer',
    observation({ series: unknown('source-unreachable', 'It is away.') }),
    'source-unreachable',
  ],
])('says why nobody is known to call with %s', (_, input, reason) => {
  expect(observedCallers(input, chat)).toMatchObject({
    status: 'unknown',
    reason,
  });
});
