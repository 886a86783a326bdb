import type {
  CanaryShareEstimate,
  CanaryShareTest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { inARow } from '../../Figures';
import type { VersionNames } from '../versionName';
import { EvidenceGrowth } from './EvidenceGrowth';
import { ShareIntervals } from './ShareIntervals';

const useStyles = makeStyles(theme => ({
  // Narrower, the pictures' figures are too small to read: rather than that the table scrolls.
  root: { minWidth: 280, maxWidth: 420 },
  left: { color: theme.palette.text.secondary },
}));

/**
 * What a share of requests is judged by: where each version's true share is, beside the bounds, and how much of what a
 * decision needs there is.
 */
export function ShareTest(props: {
  name: string;
  test: CanaryShareTest;
  versions: VersionNames;
}) {
  const { name, test, versions } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const say = (version: string, of: CanaryShareEstimate) =>
    t('canary.test.estimate', {
      version,
      low: format.percent(of.low),
      high: format.percent(of.high),
      requests: format.requests(of.requests),
    });
  const { evidence, growth = [] } = test;
  const latest = growth.at(-1);
  const toRollBack = Math.min(evidence.beyondBound, evidence.worseThanStable);
  const left =
    test.requestsToDecision !== undefined &&
    (test.secondsToDecision === undefined
      ? t('canary.test.left', {
          requests: format.requests(test.requestsToDecision),
        })
      : t('canary.test.leftWithTime', {
          requests: format.requests(test.requestsToDecision),
          duration: format.duration(test.secondsToDecision * 1000),
        }));
  const much = (ratio: number) =>
    ratio >= 1
      ? t('canary.test.enough')
      : t('canary.test.part', { part: format.percent(Math.max(0, ratio)) });
  return (
    <div className={classes.root}>
      <Typography variant="body2">
        {inARow(
          [
            t(`canary.test.looks.${looksOf(test)}`, {
              version: versions.canary,
            }),
            left,
          ],
          t,
        )}
      </Typography>
      <ShareIntervals
        label={`${name}: ${say(versions.canary, test.canary)} ${say(versions.stable, test.stable)}`}
        canary={test.canary}
        stable={test.stable}
        names={versions}
        bounds={test.bounds}
      />
      {[
        t('canary.test.beyondBound', {
          much: much(toRollBack),
        }),
        t('canary.test.belowBound', { much: much(evidence.belowBound) }),
        t('canary.test.withinMargin', {
          margin: format.percent(test.bounds.margin),
          much: much(evidence.withinMargin),
        }),
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
      {test.dispersion >= 2 && (
        <Typography variant="body2" className={classes.left}>
          {t('canary.test.clumps', {
            times: format.number(Math.round(test.dispersion)),
          })}
        </Typography>
      )}
    </div>
  );
}

/** What the evidence says so far, in one of a few sentences. */
function looksOf({
  canary,
  evidence,
  bounds,
}: CanaryShareTest): 'none' | 'bad' | 'worse' | 'good' | 'open' {
  if (canary.requests === 0) {
    return 'none';
  }
  if (evidence.beyondBound >= 1) {
    return evidence.worseThanStable >= 1 ? 'bad' : 'open';
  }
  if (evidence.worseThanStable >= 1) {
    return 'worse';
  }
  return evidence.belowBound >= 1 ||
    canary.bad / canary.requests < bounds.advanceBelow
    ? 'good'
    : 'open';
}
