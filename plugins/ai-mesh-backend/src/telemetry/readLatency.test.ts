import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { readLatency } from './readLatency';

function bucket(le: string, rate: number, version = 'v1') {
  return { labels: { le, destination_version: version }, rate };
}

describe('readLatency', () => {
  it('adds the series up and says which bucket a percentile is in', () => {
    const rows = [
      bucket('1000', 1),
      bucket('2500', 2),
      bucket('+Inf', 2),
      bucket('1000.0', 1, 'v2'),
      bucket('2500.0', 2, 'v2'),
      bucket('+Inf', 2, 'v2'),
    ];
    expect(readLatency(known(rows), 4)).toEqual({
      p50: known({ valueMs: 1000, lowerBoundMs: 0, upperBoundMs: 1000 }),
      p95: known({ valueMs: 2350, lowerBoundMs: 1000, upperBoundMs: 2500 }),
      p99: known({ valueMs: 2470, lowerBoundMs: 1000, upperBoundMs: 2500 }),
    });
  });

  it.each([
    ['no requests', known([]), 0, 'no-traffic'],
    ['no histogram', known([]), 2, 'not-exported'],
    ['a failed query', unknown('forbidden'), 2, 'forbidden'],
  ])('does not know with %s', (_, rows, requests, reason) => {
    expect(readLatency(rows, requests).p99).toMatchObject({
      status: 'unknown',
      reason,
    });
  });
});
