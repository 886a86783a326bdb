import type { Traffic } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import { Figure } from './Figure';
import { queryOfSignal, readSignal, Signal } from './signals';

/** One golden signal of some traffic. */
export function SignalFigure(props: {
  traffic: Traffic;
  signal: Signal;
  cluster?: string;
}) {
  const { traffic, signal, cluster } = props;
  const { t, format } = useFormat();
  return (
    <Figure
      label={t(`figure.${signal}`)}
      reading={readSignal(traffic, signal, format, t)}
      query={queryOfSignal[signal]}
      cluster={cluster}
    />
  );
}
