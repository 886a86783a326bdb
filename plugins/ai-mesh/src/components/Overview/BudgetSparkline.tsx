import type { WorstSlo } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { whyUnknown } from '../Figures';
import { SparkArea } from './SparkArea';

/** The error budget over the last hours, with its first and its last value in words. */
export function BudgetSparkline(props: {
  history: WorstSlo['budgetOverTime'];
}) {
  const { history } = props;
  const { t, format } = useFormat();
  const values =
    history.status === 'known'
      ? history.value.flatMap(({ budgetLeft }) => budgetLeft ?? [])
      : [];
  if (history.status === 'unknown' || values.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('overview.sparkline.unknown', {
          reason:
            history.status === 'unknown'
              ? whyUnknown(history, t)
              : t('unknown.no-traffic'),
        })}
      </Typography>
    );
  }
  return (
    <SparkArea
      label={t('overview.slo.sparkline', {
        first: format.percent(values[0]),
        last: format.percent(values[values.length - 1]),
      })}
      points={history.value.map(({ at, budgetLeft }) => ({
        at: Date.parse(at),
        value: budgetLeft,
      }))}
      low={Math.min(0, ...values)}
      high={1}
    />
  );
}
