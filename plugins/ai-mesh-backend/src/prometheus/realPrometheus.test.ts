import fc from 'fast-check';
import {
  describeWithPrometheus,
  RealPrometheus,
  startPrometheus,
} from './__testUtils__/startPrometheus';
import { bucketsOf, percentile } from './histogram';
import { clientOf } from './__testUtils__/clientOf';
import type { HttpPrometheusClient } from './HttpPrometheusClient';
import { eq, le, oneOf, or, selector, sumBy, tag } from './promql';

const hostile = [
  '"} or vector(1) #',
  'a\nb',
  '\\',
  '\\"',
  "'`",
  '{}[]()|.*+?^$',
  '$1',
  'ünïcödé \u2028 😀',
  '\u0001\u007f',
];
const bounds = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000];

/** Histograms whose counts are random but the same at every run. */
const histograms = fc.sample(
  fc.array(fc.oneof(fc.constant(0), fc.nat(1000)), {
    minLength: bounds.length + 1,
    maxLength: bounds.length + 1,
  }),
  { numRuns: 50, seed: 7 },
);

function openMetrics(atSeconds: number): string {
  const lines = ['# TYPE hostile gauge'];
  hostile.forEach((value, index) => {
    const escaped = value
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('\n', '\\n');
    lines.push(`hostile{value="${escaped}"} ${index} ${atSeconds}`);
  });
  lines.push('# TYPE bucket gauge');
  histograms.forEach((counts, index) => {
    let sum = 0;
    counts.forEach((count, position) => {
      sum += count;
      const bound = bounds[position] ?? '+Inf';
      lines.push(`bucket{id="${index}",le="${bound}"} ${sum} ${atSeconds}`);
    });
  });
  lines.push('# TYPE spelt gauge');
  for (const bound of ['1000', '1000.0', '3600000', '3.6e+06', '+Inf']) {
    lines.push(`spelt{le="${bound}"} 1 ${atSeconds}`);
  }
  return [...lines, '# EOF', ''].join('\n');
}

describeWithPrometheus('with a real Prometheus', () => {
  let prometheus: RealPrometheus;
  let client: HttpPrometheusClient;

  beforeAll(async () => {
    prometheus = await startPrometheus(
      openMetrics(Math.floor(Date.now() / 1000) - 30),
    );
    client = clientOf(prometheus, { cacheTtlMs: 0 });
  }, 60_000);

  afterAll(() => prometheus?.stop());

  it.each(hostile)('finds exactly the label value %j', async value => {
    const expected = [hostile.indexOf(value)];
    for (const matcher of [eq('value', value), oneOf('value', [value, 'x'])]) {
      const { samples } = await client.query(selector('hostile', matcher));
      expect(samples.map(sample => sample.value)).toEqual(expected);
      expect(samples.map(sample => sample.labels.value)).toEqual([value]);
    }
  });

  it.each(hostile)('puts the label value %j on series', async value => {
    const { samples } = await client.query(
      or(
        tag(sumBy([], selector('hostile')), 'tag', value),
        tag(sumBy([], selector('hostile')), 'tag', 'other'),
      ),
    );
    expect(samples.map(sample => sample.labels.tag).sort()).toEqual(
      [value, 'other'].sort(),
    );
  });

  it.each(hostile)(
    'keeps %j out of the rest of an extra label',
    async value => {
      const narrowed = clientOf(prometheus, {
        extraLabels: { value },
        cacheTtlMs: 0,
      });
      const { samples } = await narrowed.query('sum(hostile) or sum(bucket)');
      expect(samples.map(sample => sample.value)).toEqual([
        hostile.indexOf(value),
      ]);
    },
  );

  it.each([0.01, 0.5, 0.9, 0.95, 0.99, 1])(
    'agrees with histogram_quantile at %s',
    async quantile => {
      const [buckets, quantiles] = await Promise.all([
        client.query(selector('bucket')),
        client.query(`histogram_quantile(${quantile}, bucket)`),
      ]);
      const ours = quantiles.samples.map(({ labels }) => {
        const latency = percentile(
          quantile,
          bucketsOf(
            buckets.samples.filter(sample => sample.labels.id === labels.id),
          ),
        );
        return latency.status === 'known' ? latency.value.valueMs : NaN;
      });
      expect(ours.filter(value => value > 0).length).toBeGreaterThan(40);
      const differences = quantiles.samples.map(({ value }, index) =>
        Object.is(value, ours[index]) ? 0 : Math.abs(value - ours[index]),
      );
      expect(Math.max(...differences)).toBeLessThan(1e-6);
    },
  );

  it.each([
    [1000, 2],
    [3_600_000, 2],
    [Infinity, 1],
    [5, 0],
  ])('finds the bucket %s in every spelling', async (bound, count) => {
    const { samples } = await client.query(selector('spelt', le(bound)));
    expect(samples).toHaveLength(count);
  });

  it('says what Prometheus says of a query that it cannot run', async () => {
    await expect(client.query('rate(up)')).rejects.toThrow(
      /could not run the query \(400\): .*expected type range vector/,
    );
  });
});
