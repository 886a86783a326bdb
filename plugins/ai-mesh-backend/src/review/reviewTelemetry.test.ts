import { known, unknown, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from '../telemetry';
import { bothReport, bucketRows } from '../topology/__testUtils__/meshRows';
import { soundMesh } from './__testUtils__/soundMesh';
import { snapshotOfObjects } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { reviewTelemetry } from './reviewTelemetry';

/** What a version answers, so many times a second, each in about so many milliseconds. */
const answers = (version: string, by: string, ms: number, rate = 1) =>
  bothReport({ from: 'gateway', to: 'chat', version, by, rate }).flatMap(row =>
    bucketRows(row, ms),
  );

function telemetryOf(buckets: Measured<readonly RateRow[]>) {
  return reviewTelemetry(
    snapshotOfObjects(soundMesh()),
    { namespace: 'ai', name: 'chat' },
    {
      requests: known([]),
      buckets,
      breakers: known([]),
      connections: known([]),
      workloadsOf: () => [],
    },
  );
}

describe('the p99 of a version', () => {
  const buckets = [
    ...answers('v1', 'chat-v1', 300),
    ...answers('v2', 'chat-v2', 20_000),
    ...answers('v3', 'chat-v3', 20_000, 0.001),
  ];

  it('is of its own answers, by version and by workload', () => {
    const { p99MsByVersion, p99MsByWorkload } = telemetryOf(known(buckets));
    expect(p99MsByVersion.get('v1')).toBeLessThan(1000);
    expect(p99MsByVersion.get('v2')).toBeGreaterThan(5000);
    expect(p99MsByWorkload.get('chat-v1')).toBe(p99MsByVersion.get('v1'));
    expect(p99MsByWorkload.get('chat-v2')).toBe(p99MsByVersion.get('v2'));
  });

  it('is not told of too few answers, or of a version that has none', () => {
    const { p99MsByVersion } = telemetryOf(known(buckets));
    expect(p99MsByVersion.get('v3')).toBeUndefined();
    expect(p99MsByVersion.get('v4')).toBeUndefined();
  });

  it('is not told where Prometheus did not answer', () => {
    const { p99MsByVersion } = telemetryOf(unknown('source-unreachable'));
    expect(p99MsByVersion.get('v1')).toBeUndefined();
  });
});
