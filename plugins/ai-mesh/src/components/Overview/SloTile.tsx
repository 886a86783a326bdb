import type { Overview, WorstSlo } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { Figure, whyUnknown } from '../Figures';
import { AlertMark } from '../Slos/AlertMark';
import { budgetReading } from '../Slos/budgetReading';
import { objectiveName } from '../Slos/objectiveName';
import { BudgetSparkline } from './BudgetSparkline';
import { Tile } from './Tile';

const useStyles = makeStyles({ name: { overflowWrap: 'anywhere' } });

/** The objective that stands worst. Without one (nothing of the kind is known to the backend) there is no tile. */
export function SloTile(props: {
  overview: Overview;
  jumps: Array<{ to: string; label: string }>;
}) {
  const { overview, jumps } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const { worstSlo } = overview;
  if (!worstSlo) {
    return null;
  }
  if (worstSlo.status === 'unknown') {
    return (
      <Tile
        title={t('overview.slo.title')}
        mark={<AlertMark alert="unknown" />}
        sentence={t('overview.slo.unknown', {
          reason: whyUnknown(worstSlo, t),
        })}
        jumps={jumps}
      >
        {null}
      </Tile>
    );
  }
  const { value } = worstSlo;
  return (
    <Tile
      title={t('overview.slo.title')}
      mark={<AlertMark alert={value.alert} />}
      sentence={sentenceOf(value)}
      jumps={jumps}
    >
      <Typography
        variant="caption"
        color="textSecondary"
        className={classes.name}
      >
        {t('slos.card', {
          model: value.cluster
            ? t('slos.onCluster', {
                subject: value.model || t('slos.service'),
                cluster: value.cluster,
              })
            : value.model,
          objective: objectiveName(
            { name: value.objective, nameWords: value.nameWords },
            t,
          ),
        })}
      </Typography>
      <Typography variant="h5" component="p">
        <Figure
          label={t('slos.budgetLeft')}
          query="periods"
          reading={budgetReading(value, { t, format })}
        />
      </Typography>
      <BudgetSparkline history={value.budgetOverTime} />
    </Tile>
  );

  function sentenceOf({
    budgetLeft,
    target,
    lowTraffic,
    youngWithinSeconds,
  }: WorstSlo): string {
    const share = format.share(target);
    if (budgetLeft.status === 'unknown') {
      return t('overview.slo.budgetUnknown', {
        share,
        reason: whyUnknown(budgetLeft, t),
      });
    }
    if (youngWithinSeconds !== undefined) {
      return t('overview.slo.young', {
        share,
        within: format.span(youngWithinSeconds),
      });
    }
    const sentence =
      budgetLeft.value <= 0
        ? t('overview.slo.spent', { share })
        : t('overview.slo.left', {
            share,
            left: format.percent(budgetLeft.value),
          });
    return lowTraffic ? `${sentence} ${t('overview.slo.few')}` : sentence;
  }
}
