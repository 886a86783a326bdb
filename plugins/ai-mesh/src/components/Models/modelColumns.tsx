import type { Measured, ModelInUse } from '@ai-mesh/plugin-ai-mesh-common';
import type { useFormat } from '../../format';
import { Figure, read, readLatency, type Reading } from '../Figures';
import type { Column } from '../Tables';

type Figures = Pick<
  ModelInUse,
  'requestsPerSecond' | 'errorRatio' | 'p95' | 'tokensPerSecond' | 'cost'
>;

function valueOf<T>(
  measured: Measured<T>,
  of: (value: T) => number,
): number | undefined {
  return measured.status === 'known' ? of(measured.value) : undefined;
}

/** The figures that a model has across services, and in each of them. */
export function figureColumns<T extends Figures>(
  { t, format }: ReturnType<typeof useFormat>,
  p95Title: string,
): Column<T>[] {
  const column = (
    id: string,
    title: string,
    sortBy: (row: T) => number | undefined,
    reading: (row: T) => Reading,
  ): Column<T> => ({
    id,
    title,
    align: 'right',
    sortBy,
    render: row => <Figure label={title} reading={reading(row)} />,
  });
  const self = (value: number) => value;
  return [
    column(
      'requests',
      t('figure.requestsPerSecond'),
      row => valueOf(row.requestsPerSecond, self),
      row =>
        read(row.requestsPerSecond, t, value => ({
          value,
          text: format.rate(value),
          exact: t('unit.requestsPerSecond', { value: format.exact(value) }),
        })),
    ),
    column(
      'errors',
      t('figure.errorRatio'),
      row => valueOf(row.errorRatio, self),
      row =>
        read(row.errorRatio, t, value => ({
          value,
          text: format.percent(value),
          exact: `${format.exact(value * 100)}%`,
        })),
    ),
    column(
      'p95',
      p95Title,
      row => valueOf(row.p95, ({ valueMs }) => valueMs),
      row => readLatency(row.p95, format, t),
    ),
    column(
      'tokens',
      t('slos.tokens'),
      row => valueOf(row.tokensPerSecond, self),
      row =>
        read(row.tokensPerSecond, t, value => ({
          value,
          text: format.tokens(value),
          exact: t('unit.tokensPerSecond', { value: format.exact(value) }),
        })),
    ),
    column(
      'cost',
      t('slos.costPerDay'),
      row => valueOf(row.cost, ({ perDay }) => perDay),
      row =>
        read(row.cost, t, ({ perDay, currency }) => ({
          value: perDay,
          text: format.money(perDay, currency),
          exact: `${format.exact(perDay)} ${currency}`,
          note: t('slos.estimate'),
        })),
    ),
  ];
}
