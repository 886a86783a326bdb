import { known } from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from './RateRow';
import { readEncryption } from './readEncryption';

function row(reporter: string, policy: string, rate: number): RateRow {
  return { labels: { reporter, connection_security_policy: policy }, rate };
}

describe('readEncryption', () => {
  it.each<[string, RateRow[], number]>([
    ['everything encrypted', [row('destination', 'mutual_tls', 2)], 1],
    ['plaintext', [row('destination', 'none', 2)], 0],
    [
      'a mixture',
      [row('destination', 'mutual_tls', 3), row('destination', 'none', 1)],
      0.75,
    ],
    [
      'what the source cannot tell left out',
      [row('source', 'unknown', 9), row('destination', 'mutual_tls', 1)],
      1,
    ],
    ['a waypoint', [row('waypoint', 'mutual_tls', 1)], 1],
    [
      'the called proxy rather than the waypoint before it',
      [row('waypoint', 'mutual_tls', 4), row('destination', 'none', 4)],
      0,
    ],
  ])('reads %s', (_, rows, share) => {
    expect(readEncryption(rows)).toMatchObject({
      status: 'known',
      value: { share },
    });
  });

  it('says how much', () => {
    expect(
      readEncryption([
        row('destination', 'mutual_tls', 3),
        row('destination', 'none', 1),
      ]),
    ).toEqual(
      known({ share: 0.75, encryptedPerSecond: 3, plaintextPerSecond: 1 }),
    );
  });

  it.each<[string, RateRow[], string]>([
    ['no series', [], 'not-exported'],
    ['only source reports', [row('source', 'unknown', 5)], 'not-exported'],
    ['no traffic', [row('destination', 'mutual_tls', 0)], 'no-traffic'],
    ['an unknown policy', [row('destination', 'unknown', 5)], 'no-such-label'],
    [
      'requests that a waypoint says nothing of beside plaintext connections',
      [
        row('waypoint', 'unknown', 5),
        {
          ...row('destination', 'unknown', 0.1),
          labels: {
            ...row('destination', 'unknown', 0.1).labels,
            source_workload: 'batch',
            tcp_metric: 'opened',
          },
        },
      ],
      'no-such-label',
    ],
    [
      'no such label',
      [{ labels: { reporter: 'destination' }, rate: 5 }],
      'no-such-label',
    ],
    ['NaN', [row('destination', 'none', NaN)], 'source-unreachable'],
  ])('does not know with %s', (_, rows, reason) => {
    expect(readEncryption(rows)).toMatchObject({ status: 'unknown', reason });
  });
});

describe('readEncryption in ambient', () => {
  const ambient = (
    reporter: string,
    from: string,
    policy: string,
    rate: number,
    tcp = false,
  ) => ({
    labels: {
      reporter,
      source_workload: from,
      connection_security_policy: policy,
      ...(tcp && { tcp_metric: 'opened' }),
    },
    rate,
  });

  it('names the label where the reporter was dropped', () => {
    const { reporter: _, ...labels } = row('', 'mutual_tls', 2).labels;
    expect(readEncryption([{ labels, rate: 2 }])).toMatchObject({
      status: 'unknown',
      reason: 'no-such-label',
      message: expect.stringContaining('label reporter'),
    });
  });

  it('counts a waypoint for its callers, and the called proxy for others', () => {
    expect(
      readEncryption([
        ambient('waypoint', 'a', 'mutual_tls', 3),
        ambient('destination', 'b', 'none', 1),
      ]),
    ).toMatchObject({ value: { share: 0.75 } });
  });

  it('counts the requests through a waypoint of one that connects around it too', () => {
    expect(
      readEncryption([
        ambient('waypoint', 'a', 'mutual_tls', 3),
        ambient('destination', 'a', 'unknown', 1, true),
      ]),
    ).toMatchObject({
      value: { share: 0.75, encryptedPerSecond: 3, plaintextPerSecond: 1 },
    });
  });

  it('knows a connection that a ztunnel took without a tunnel for plaintext', () => {
    expect(
      readEncryption([
        ambient('destination', 'a', 'mutual_tls', 1, true),
        ambient('destination', 'b', 'unknown', 1, true),
      ]),
    ).toMatchObject({ value: { share: 0.5, plaintextPerSecond: 1 } });
  });
});
