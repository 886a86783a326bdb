import type { Measured, QueryTrace } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat, type Format } from '../../format';
import type { Translate } from '../../translation';
import { Figure } from './Figure';
import { read } from './reading';

/** Of what kind a number is: how it is written, and what is said of it to the last digit. */
const kinds = {
  rate: (value: number, format: Format, t: Translate) => ({
    text: format.rate(value),
    exact: t('unit.requestsPerSecond', { value: format.exact(value) }),
  }),
  calls: (value: number, format: Format, t: Translate) => ({
    text: format.calls(value),
    exact: t('unit.callsPerSecond', { value: format.exact(value) }),
  }),
  share: (value: number, format: Format) => ({
    text: format.percent(value),
    exact: `${format.exact(value * 100)}%`,
  }),
};

/** A measured number: requests (`rate`) or calls per second, or a ratio 0..1 as a percentage (`share`). */
export function MeasuredFigure(props: {
  kind: keyof typeof kinds;
  label: string;
  value: Measured<number>;
  query: QueryTrace['id'];
  cluster?: string;
}) {
  const { kind, label, value: measured, query, cluster } = props;
  const { t, format } = useFormat();
  return (
    <Figure
      label={label}
      query={query}
      cluster={cluster}
      reading={read(measured, t, value => ({
        value,
        ...kinds[kind](value, format, t),
      }))}
    />
  );
}
