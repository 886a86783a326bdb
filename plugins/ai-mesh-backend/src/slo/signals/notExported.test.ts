import { textsEn } from '@ai-mesh/plugin-ai-mesh-common';
import { builtInDialects } from '../dialects/builtInDialects';
import { noHistogram, noSeries } from './notExported';

const dialect = (name: string) =>
  builtInDialects.find(one => one.name === name)!;

describe('a metric that an application lacks', () => {
  it.each([
    [
      'micrometer',
      'management.metrics.distribution.percentiles-histogram.ai.model.response.time=true',
    ],
    [
      'spring-ai',
      'management.metrics.distribution.percentiles-histogram.gen_ai.client.operation=true',
    ],
  ])('%s: names the line that switches its histogram on', (name, line) => {
    const said = noHistogram(dialect(name), dialect(name).duration, {
      form: 'quantiles',
      metrics: ['timer'],
      quantiles: [0.5],
      unitMs: 1000,
      source: { series: [], by: [] },
    });
    expect(said).toMatchObject({
      reason: 'not-exported',
      message: expect.stringContaining(line),
    });
  });

  it.each(builtInDialects.map(({ name }) => [name]))(
    '%s: names who would have to export what',
    name => {
      const { exporter = 'application' } = dialect(name);
      const who = textsEn[`exporter.${exporter}`];
      for (const said of [
        noSeries(dialect(name), 'some_metric_total'),
        noHistogram(dialect(name), dialect(name).duration),
      ]) {
        expect(said).toMatchObject({
          message: expect.stringContaining(`${who} would have to export`),
        });
      }
    },
  );

  it('says of what no exporter of the dialect has that it has none', () => {
    const micrometer = dialect('micrometer');
    expect(noHistogram(micrometer, micrometer.timeToFirstToken)).toMatchObject({
      message: 'The dialect micrometer does not have it.',
    });
  });
});
