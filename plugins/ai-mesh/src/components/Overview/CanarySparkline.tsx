import type { CanaryGlance } from '@ai-mesh/plugin-ai-mesh-common';
import { XAxis } from 'recharts';
import { useFormat } from '../../format';
import { SparkArea } from './SparkArea';

/** The canary's share over its life, in stairs. */
export function CanarySparkline(props: {
  shares: NonNullable<CanaryGlance['latest']>['shares'];
}) {
  const { t, format } = useFormat();
  const points = props.shares.map(({ at, percent }) => ({
    atMs: Date.parse(at),
    percent,
  }));
  return (
    <SparkArea
      label={t('canary.weights.chart', {
        shares: points
          .map(({ percent }) => format.percent(percent / 100))
          .join(' → '),
      })}
      points={points}
      dataKey="percent"
      type="stepAfter"
      domain={[0, 100]}
    >
      <XAxis
        hide
        dataKey="atMs"
        type="number"
        domain={['dataMin', 'dataMax']}
      />
    </SparkArea>
  );
}
