import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { readTcpEncryption, readTcpTraffic } from './readTcpTraffic';

function row(metric: string, rate: number, policy = 'mutual_tls') {
  return {
    labels: {
      tcp_metric: metric,
      reporter: 'destination',
      connection_security_policy: policy,
    },
    rate,
  };
}

describe('readTcpTraffic', () => {
  it('adds up what is exported, and knows what is not', () => {
    expect(
      readTcpTraffic([row('opened', 1), row('opened', 2), row('sent', 100)]),
    ).toEqual({
      connectionsOpenedPerSecond: known(3),
      sentBytesPerSecond: known(100),
      receivedBytesPerSecond: { status: 'unknown', reason: 'not-exported' },
    });
  });

  it('makes nothing of NaN', () => {
    expect(
      readTcpTraffic([row('opened', NaN)]).connectionsOpenedPerSecond,
    ).toMatchObject({ status: 'unknown', reason: 'source-unreachable' });
  });
});

describe('readTcpEncryption', () => {
  it('counts connections', () => {
    expect(
      readTcpEncryption([
        row('opened', 3),
        row('opened', 1, 'none'),
        row('sent', 1000, 'none'),
      ]),
    ).toEqual(
      known({ share: 0.75, encryptedPerSecond: 3, plaintextPerSecond: 1 }),
    );
  });

  it('goes by the bytes of connections that are older than the window', () => {
    expect(
      readTcpEncryption([row('opened', 0), row('received', 1000)]),
    ).toEqual(
      known({ share: 1, encryptedPerSecond: 0, plaintextPerSecond: 0 }),
    );
  });

  it('does not know without traffic', () => {
    expect(
      readTcpEncryption([row('opened', 0), row('received', 0)]),
    ).toMatchObject({ status: 'unknown', reason: 'no-traffic' });
  });
});
