import type {
  CanaryShareEstimate,
  CanaryShareTest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import type { VersionNames } from '../versionName';
import { ShareIntervals } from './ShareIntervals';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(1), maxWidth: 420 },
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
  const { evidence } = test;
  const much = (ratio: number) =>
    ratio >= 1
      ? t('canary.test.enough')
      : t('canary.test.part', { part: format.percent(Math.max(0, ratio)) });
  return (
    <div className={classes.root}>
      <ShareIntervals
        label={`${name}: ${say(versions.canary, test.canary)} ${say(versions.stable, test.stable)}`}
        canary={test.canary}
        stable={test.stable}
        names={versions}
        bounds={test.bounds}
      />
      {[
        t('canary.test.beyondBound', {
          much: much(Math.min(evidence.beyondBound, evidence.worseThanStable)),
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
      {test.requestsToDecision !== undefined && (
        <Typography variant="body2" className={classes.left}>
          {t('canary.test.left', {
            requests: format.requests(test.requestsToDecision),
          })}
        </Typography>
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
