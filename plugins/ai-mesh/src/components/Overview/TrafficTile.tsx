import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import {
  Explained,
  readSignal,
  Signal,
  SignalFigure,
  textOf,
  textSaid,
} from '../Figures';
import { HealthMark } from '../Marks';
import { Sparkline } from './Sparkline';
import { trafficSentence } from './sentences';
import { Tile } from './Tile';

const useStyles = makeStyles(theme => ({
  figures: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 4),
    margin: 0,
    '& dd': { margin: 0 },
  },
  clusters: {
    listStyle: 'none',
    margin: theme.spacing(1, 0),
    padding: 0,
  },
}));

const shown: Signal[] = ['requestsPerSecond', 'errorRatio', 'p95'];

/** How much arrives, how much of it fails, how long it takes. */
export function TrafficTile(props: {
  overview: Overview;
  jumps: Array<{ to: string; label: string }>;
}) {
  const { overview, jumps } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const { health, total, sparkline, clusters } = overview.traffic;
  return (
    <Tile
      title={t('overview.traffic.title')}
      mark={
        <Explained by={textSaid(health, t)}>
          <HealthMark status={health.status} />
        </Explained>
      }
      sentence={trafficSentence(overview, format, t)}
      jumps={jumps}
    >
      <dl className={classes.figures}>
        {shown.map(signal => (
          <div key={signal}>
            <Typography variant="caption" component="dt" color="textSecondary">
              {t(`figure.${signal}`)}
            </Typography>
            <Typography variant="h5" component="dd">
              <SignalFigure traffic={total} signal={signal} />
            </Typography>
          </div>
        ))}
      </dl>
      {clusters && (
        <ul
          aria-label={t('overview.traffic.byCluster')}
          className={classes.clusters}
        >
          {clusters.map(one => (
            <Typography component="li" variant="body2" key={one.cluster}>
              {t('overview.traffic.onCluster', {
                cluster: one.cluster,
                requests: textOf(
                  readSignal(one.traffic, 'requestsPerSecond', format, t),
                  t,
                ),
                errors: textOf(
                  readSignal(one.traffic, 'errorRatio', format, t),
                  t,
                ),
              })}
            </Typography>
          ))}
        </ul>
      )}
      <Sparkline history={sparkline} />
    </Tile>
  );
}
