import type { Measured, QueryTrace } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import { Figure } from './Figure';
import { read } from './reading';

/** A ratio 0..1 as a percentage. */
export function ShareFigure(props: {
  label: string;
  share: Measured<number>;
  query: QueryTrace['id'];
  cluster?: string;
}) {
  const { label, share, query, cluster } = props;
  const { t, format } = useFormat();
  return (
    <Figure
      label={label}
      query={query}
      cluster={cluster}
      reading={read(share, t, value => ({
        value,
        text: format.percent(value),
        exact: `${format.exact(value * 100)} %`,
      }))}
    />
  );
}
