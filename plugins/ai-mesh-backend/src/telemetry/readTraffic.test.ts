import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { chooseReporters } from './chooseReporters';
import type { RateRow } from './RateRow';
import { readTraffic } from './readTraffic';

const noBuckets = unknown('not-exported');

function http(code: string, rate: number, flags = '-'): RateRow {
  return {
    labels: {
      reporter: 'source',
      request_protocol: 'http',
      response_code: code,
      response_flags: flags,
    },
    rate,
  };
}

function grpc(status: string | undefined, rate: number): RateRow {
  return {
    labels: {
      reporter: 'source',
      request_protocol: 'grpc',
      response_code: '200',
      response_flags: '-',
      ...(status && { grpc_response_status: status }),
    },
    rate,
  };
}

describe('readTraffic', () => {
  it.each([
    ['500', 1],
    ['503', 1],
    ['504', 1],
    ['0', 1],
    ['200', 0],
    ['302', 0],
    ['404', 0],
    ['403', 0],
    ['429', 0],
  ])('counts HTTP %s as %d errors', (code, errors) => {
    expect(readTraffic([http(code, 2)], noBuckets, 60).errorRatio).toEqual(
      known(errors),
    );
  });

  it.each(['2', '4', '8', '12', '13', '14', '15'])(
    'counts gRPC status %s as an error of the server',
    status => {
      expect(readTraffic([grpc(status, 1)], noBuckets, 60).errorRatio).toEqual(
        known(1),
      );
    },
  );

  it.each(['0', '1', '3', '5', '6', '7', '9', '10', '11', '16'])(
    'leaves gRPC status %s to the caller',
    status => {
      expect(readTraffic([grpc(status, 1)], noBuckets, 60).errorRatio).toEqual(
        known(0),
      );
    },
  );

  it('counts requests over the window, throttling and flags', () => {
    const traffic = readTraffic(
      [http('200', 6), http('429', 2, 'RL'), http('503', 2, 'UO,URX')],
      noBuckets,
      300,
    );
    expect(traffic).toMatchObject({
      requestsPerSecond: known(10),
      requestCount: known(3000),
      errorRatio: known(0.2),
      throttledRatio: known(0.2),
      responseFlags: { RL: 2, UO: 2, URX: 2 },
    });
  });

  it('knows a rate of zero, and that ratios of nothing are unknown', () => {
    expect(readTraffic([http('200', 0)], known([]), 300)).toMatchObject({
      requestsPerSecond: known(0),
      requestCount: known(0),
      errorRatio: { status: 'unknown', reason: 'no-traffic' },
      throttledRatio: { status: 'unknown', reason: 'no-traffic' },
      p99: { status: 'unknown', reason: 'no-traffic' },
    });
  });

  it('says not-exported when there is no series at all', () => {
    expect(readTraffic([], known([]), 300)).toMatchObject({
      requestsPerSecond: { status: 'unknown', reason: 'not-exported' },
      errorRatio: { status: 'unknown', reason: 'not-exported' },
      p50: { status: 'unknown', reason: 'not-exported' },
    });
  });

  it.each([NaN, Infinity, -1])('makes nothing of a rate of %d', rate => {
    expect(
      readTraffic([http('200', 1), http('500', rate)], noBuckets, 300),
    ).toMatchObject({
      requestsPerSecond: { status: 'unknown', reason: 'source-unreachable' },
      errorRatio: { status: 'unknown', reason: 'source-unreachable' },
    });
  });

  it('keeps the rate and gives up the ratios where the response code was dropped', () => {
    const rows = [
      { labels: { reporter: 'source', request_protocol: 'http' }, rate: 3 },
    ];
    expect(readTraffic(rows, noBuckets, 60)).toMatchObject({
      requestsPerSecond: known(3),
      errorRatio: { status: 'unknown', reason: 'no-such-label' },
      throttledRatio: { status: 'unknown', reason: 'no-such-label' },
    });
  });

  it('gives up every number where the reporter was dropped, and names the label', () => {
    const { reporter: _, ...labels } = http('200', 1).labels;
    const reported = chooseReporters([{ labels, rate: 3 }]);
    expect(
      readTraffic(reported.pick([{ labels, rate: 3 }]), noBuckets, 60),
    ).toMatchObject({
      requestsPerSecond: {
        status: 'unknown',
        reason: 'no-such-label',
        message: expect.stringContaining('lack the label reporter'),
      },
      errorRatio: { status: 'unknown', reason: 'no-such-label' },
    });
  });

  it('does not call gRPC without a status free of errors', () => {
    expect(
      readTraffic([grpc(undefined, 3)], noBuckets, 60).errorRatio,
    ).toMatchObject({ status: 'unknown', reason: 'no-such-label' });
    expect(
      readTraffic([grpc(undefined, 1), grpc('14', 3)], noBuckets, 60)
        .errorRatio,
    ).toEqual(known(0.75));
  });

  it('hands on why there is no latency', () => {
    expect(
      readTraffic([http('200', 1)], unknown('source-unreachable', 'slow'), 60)
        .p95,
    ).toEqual(unknown('source-unreachable', 'slow'));
  });

  it('keeps every ratio within 0..1', () => {
    const row = fc
      .tuple(
        fc.constantFrom('200', '429', '503', '0'),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
      )
      .map(([code, rate]) => http(code, rate));
    fc.assert(
      fc.property(fc.array(row), rows => {
        const { errorRatio, throttledRatio } = readTraffic(
          rows,
          noBuckets,
          300,
        );
        const ratios = [errorRatio, throttledRatio].flatMap(ratio =>
          ratio.status === 'known' ? [ratio.value] : [],
        );
        expect(ratios.filter(ratio => !(ratio >= 0 && ratio <= 1))).toEqual([]);
      }),
    );
  });
});
