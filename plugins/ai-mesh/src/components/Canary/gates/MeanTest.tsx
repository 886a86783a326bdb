import type {
  CanaryGateResult,
  CanaryMeanEstimate,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import type { VersionNames } from '../versionName';
import { EvidenceGrowth } from './EvidenceGrowth';
import { gateValue } from './gateValue';

const useStyles = makeStyles(theme => ({
  // Narrower, the pictures' figures are too small to read: rather than that the table scrolls.
  root: { minWidth: 280, maxWidth: 420 },
  left: { color: theme.palette.text.secondary },
}));

/** Which way a mean was judged: by a test, with the intervals and the evidence, or by its bounds alone. */
export function MeanTest(props: {
  name: string;
  gate: CanaryGateResult;
  versions: VersionNames;
}) {
  const { name, gate, versions } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const { judgedBy, meanTest, outcome, unit } = gate;
  const figure = (value: number) => gateValue(unit, value, format, t);
  const say = (
    version: string,
    { values, mean, interval }: CanaryMeanEstimate,
  ) =>
    mean === undefined || !interval
      ? t('canary.mean.few', {
          version,
          values: format.number(Math.round(values)),
        })
      : t('canary.mean.estimate', {
          version,
          mean: figure(mean),
          low: figure(interval.low),
          high: figure(interval.high),
          values: format.number(Math.round(values)),
        });
  const much = (ratio: number) =>
    ratio >= 1
      ? t('canary.test.enough')
      : t('canary.test.part', { part: format.percent(Math.max(0, ratio)) });
  if (!meanTest) {
    return judgedBy === 'bounds' && outcome !== 'not-applicable' ? (
      <Typography variant="body2" className={`${classes.root} ${classes.left}`}>
        {t('canary.mean.byBounds')}
      </Typography>
    ) : null;
  }
  const { canary, stable, evidence, dispersion, growth = [] } = meanTest;
  const latest = growth.at(-1);
  return (
    <div className={classes.root}>
      {[
        t('canary.mean.byTest'),
        say(versions.canary, canary),
        say(versions.stable, stable),
        t('canary.test.beyondBound', { much: much(evidence.beyondBound) }),
        t('canary.mean.withinBound', { much: much(evidence.withinBound) }),
      ].map(sentence => (
        <Typography key={sentence} variant="body2" className={classes.left}>
          {sentence}
        </Typography>
      ))}
      {latest && growth.length > 1 && (
        <EvidenceGrowth
          label={t('canary.test.growth', {
            name,
            advance: much(latest.advance),
            rollBack: much(latest.rollBack),
          })}
          growth={growth}
        />
      )}
      {dispersion >= 2 && (
        <Typography variant="body2" className={classes.left}>
          {t('canary.mean.clumps', {
            times: format.number(Math.round(dispersion)),
          })}
        </Typography>
      )}
    </div>
  );
}
