import { known, unknown, wording } from '@ai-mesh/plugin-ai-mesh-common';
import type {
  InstantResult,
  PrometheusClient,
} from '../prometheus/PrometheusClient';
import { selector } from '../prometheus/promql';
import { SourceError } from '../target/SourceError';
import { ClusterTelemetry } from './ClusterTelemetry';

const up = selector('up');
const observedAt = new Date('2026-01-01T00:00:00Z');

function prometheus(
  answers: (Partial<InstantResult> | Error)[],
): PrometheusClient {
  return {
    async query(promql) {
      const answer = answers.shift()!;
      if (answer instanceof Error) {
        throw answer;
      }
      return { promql, samples: [], warnings: [], observedAt, ...answer };
    },
    async queryRange() {
      throw new Error('not asked for');
    },
  };
}

describe('ClusterTelemetry', () => {
  it('reads no part of more series than a view takes, and says how many there are', async () => {
    const samples = Array.from({ length: 7501 }, (_, n) => ({
      labels: { a: String(n) },
      value: 2,
      timestamp: 1,
    }));
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: prometheus([{ samples }, { samples: samples.slice(1) }]),
    });
    const message =
      "Prometheus of the cluster 'east' answered with 7501 series, and 7500 is as many as a view reads. Its figures are unknown, since those of a part would be wrong.";
    expect(await telemetry.rates('requests', up)).toEqual(
      unknown('source-unreachable', [
        wording(
          'source.tooMuch',
          { cluster: 'east', count: 7501, most: 7500 },
          { what: 'source.series' },
        ),
      ]),
    );
    const second = await telemetry.rates('latency', up);
    expect(second.status === 'known' && second.value).toHaveLength(7500);
    expect(telemetry.source).toMatchObject({ status: 'partial', message });
  });

  it('counts a native histogram as the buckets that it is read as', async () => {
    const histograms = Array.from({ length: 221 }, (_, n) => ({
      labels: { a: String(n) },
      count: 1,
      buckets: [],
    }));
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: prometheus([
        { histograms },
        { histograms: histograms.slice(1) },
      ]),
    });
    expect(await telemetry.rates('latency', up)).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('7514 series, and 7500 is as many'),
    });
    expect((await telemetry.rates('latency', up)).status).toBe('known');
  });

  it('reads no part of more points over time than a view takes', async () => {
    const seriesOf = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        labels: { a: String(n) },
        values: Array.from({ length: 1000 }, (__, at): [number, number] => [
          at,
          1,
        ]),
      }));
    const answers = [seriesOf(251), seriesOf(250)];
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: {
        ...prometheus([]),
        queryRange: async promql => ({
          promql,
          series: answers.shift()!,
          warnings: [],
          infos: [],
          observedAt,
        }),
      },
    });
    const range = { start: observedAt, end: observedAt, stepSeconds: 60 };
    expect(await telemetry.series('sparkline', up, range)).toEqual({
      ...unknown(
        'source-unreachable',
        "Prometheus of the cluster 'east' answered with 251000 points over time, and 250000 is as many as a view reads. Its figures are unknown, since those of a part would be wrong.",
      ),
      words: [expect.objectContaining({ key: 'source.tooMuch' })],
    });
    expect((await telemetry.series('sparkline', up, range)).status).toBe(
      'known',
    );
  });

  it('gives rows and keeps what was asked', async () => {
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: prometheus([
        { samples: [{ labels: { a: 'b' }, value: 2, timestamp: 1 }] },
      ]),
    });
    expect(await telemetry.rates('requests', up)).toEqual(
      known([{ labels: { a: 'b' }, rate: 2 }]),
    );
    expect(telemetry.queries).toEqual([
      { id: 'requests', cluster: 'east', promql: 'up{}', warnings: [] },
    ]);
    expect(telemetry.source).toEqual({
      name: 'prometheus',
      cluster: 'east',
      status: 'ok',
      observedAt: observedAt.toISOString(),
    });
  });

  it('asks nothing where there is nothing to ask for', async () => {
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: prometheus([]),
    });
    expect(await telemetry.rates('requests', undefined)).toEqual(known([]));
    expect(telemetry.queries).toEqual([]);
  });

  it('says how to configure what is not configured', async () => {
    const telemetry = new ClusterTelemetry({ name: 'east' });
    expect(await telemetry.rates('requests', up)).toMatchObject({
      reason: 'not-configured',
    });
    expect(telemetry.source).toMatchObject({
      status: 'not-configured',
      message: expect.stringContaining('aiMesh.clusters[].prometheus.url'),
    });
  });

  it.each([
    ['source-unreachable', 'unreachable'],
    ['forbidden', 'forbidden'],
  ] as const)('turns %s into unknown values', async (reason, status) => {
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: prometheus([new SourceError(reason, 'No.')]),
    });
    expect(await telemetry.rates('requests', up)).toEqual(
      unknown(reason, 'No.'),
    );
    expect(telemetry.source).toMatchObject({ status, message: 'No.' });
  });

  it('is partial when one of several questions fails', async () => {
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: prometheus([
        {},
        new SourceError('source-unreachable', 'Too late.'),
      ]),
    });
    await telemetry.rates('requests', up);
    await telemetry.rates('latency', up);
    expect(telemetry.source).toMatchObject({
      status: 'partial',
      message: 'Too late.',
    });
  });

  it('is partial when Prometheus warns', async () => {
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: prometheus([{ warnings: ['a store is away'] }]),
    });
    await telemetry.rates('requests', up);
    expect(telemetry.source).toMatchObject({
      status: 'partial',
      message: 'a store is away',
    });
  });

  it('lets a mistake of our own through', async () => {
    const telemetry = new ClusterTelemetry({
      name: 'east',
      prometheus: prometheus([new TypeError('oops')]),
    });
    await expect(telemetry.rates('requests', up)).rejects.toThrow('oops');
  });

  it('waits once for a server that hangs, whatever else there is to ask', async () => {
    const late = new SourceError('source-unreachable', 'it hangs');
    late.isLate = true;
    const telemetry = new ClusterTelemetry({
      name: 'east',
      // A second question would be answered.
      prometheus: prometheus([late, {}, {}]),
    });
    await telemetry.rates('requests', up);
    expect(await telemetry.rates('latency', up)).toEqual(
      unknown('source-unreachable', 'it hangs'),
    );
    expect(telemetry.queries).toEqual([]);
  });
});
