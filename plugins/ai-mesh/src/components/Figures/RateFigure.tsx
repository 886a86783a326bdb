import type { Measured, QueryTrace } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import { Figure } from './Figure';
import { read } from './reading';

/** Requests per second of some kind. */
export function RateFigure(props: {
  label: string;
  rate: Measured<number>;
  query: QueryTrace['id'];
  cluster?: string;
}) {
  const { label, rate, query, cluster } = props;
  const { t, format } = useFormat();
  return (
    <Figure
      label={label}
      query={query}
      cluster={cluster}
      reading={read(rate, t, value => ({
        value,
        text: format.rate(value),
        exact: t('unit.requestsPerSecond', { value: format.exact(value) }),
      }))}
    />
  );
}
