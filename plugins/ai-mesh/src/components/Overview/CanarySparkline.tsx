import type { CanaryGlance } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import { SparkArea } from './SparkArea';

/** The canary's share over its life, in stairs. */
export function CanarySparkline(props: {
  shares: NonNullable<CanaryGlance['latest']>['shares'];
}) {
  const { shares } = props;
  const { t, format } = useFormat();
  return (
    <SparkArea
      label={t('canary.weights.chart', {
        shares: shares
          .map(({ percent }) => format.percent(percent / 100))
          .join(' → '),
      })}
      points={shares.map(({ at, percent }) => ({
        at: Date.parse(at),
        value: percent,
      }))}
      shape="stairs"
      low={0}
      high={100}
    />
  );
}
