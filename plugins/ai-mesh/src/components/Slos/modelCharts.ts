import type { ModelSlos } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import type { ChartContent } from '../Charts';

/** The graphs of a model's signals. */
export function modelCharts(
  { series, cost, percentilesAre }: ModelSlos,
  format: Format,
  t: Translate,
): ChartContent[] {
  const times = series.map(({ at }) => at);
  const currency = cost.status === 'known' ? cost.value.currency : undefined;
  const money = (value: number) =>
    currency ? format.money(value, currency) : format.number(value);
  return [
    {
      title: t('figure.requestsPerSecond'),
      times,
      series: [
        {
          name: t('figure.requestsPerSecond'),
          values: series.map(point => point.requestsPerSecond),
          exact: value =>
            t('unit.requestsPerSecond', { value: format.exact(value) }),
        },
      ],
      axis: value => format.number(value),
    },
    {
      title: t('figure.errorRatio'),
      times,
      series: [
        {
          name: t('figure.errorRatio'),
          values: series.map(point => point.errorRatio),
          exact: value => `${format.exact(value * 100)}%`,
        },
      ],
      axis: value => format.share(value),
    },
    {
      title: t('figure.p95'),
      times,
      series: [
        {
          name: t('figure.p95'),
          values: series.map(point => point.p95Ms),
          exact: value => format.exactMs(value),
        },
      ],
      axis: value => format.durationShort(value),
      note: t(`slos.percentiles.${percentilesAre}`),
    },
    {
      title: t('slos.tokens'),
      times,
      series: [
        {
          name: t('slos.tokens'),
          values: series.map(point => point.tokensPerSecond),
          exact: value =>
            t('unit.tokensPerSecond', { value: format.exact(value) }),
        },
      ],
      axis: value => format.number(value),
    },
    {
      title: t('slos.costPerHour'),
      times,
      series: [
        {
          name: t('slos.costPerHour'),
          values: series.map(point => point.costPerHour),
          exact: value => `${format.exact(value)} ${currency ?? ''}`.trim(),
        },
      ],
      axis: money,
      note: t('slos.estimate'),
    },
  ];
}
