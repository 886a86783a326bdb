import type { Replay } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { ChartPanel } from '../../Charts';
import { nameOf } from '../describe';
import type { Selection } from '../useTopologyChoices';
import type { ReplayMark } from './marksOf';

const useStyles = makeStyles(theme => ({
  timeline: {
    padding: theme.spacing(2),
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  },
  charts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(360px, 100%), 1fr))',
    gap: theme.spacing(2),
  },
  marks: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
  },
  mark: { textTransform: 'none' },
}));

/** Errors and p95 of what is selected, else of the entity, over the whole span; and what happened in it. */
export function ReplayTimeline(props: {
  replay: Replay;
  selection: Selection;
  marks: readonly ReplayMark[];
  index: number;
  onGo: (index: number) => void;
}) {
  const { replay, selection, marks, index, onGo } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const subject = subjectOf(replay, selection);
  const times = replay.moments.map(({ at }) => at);
  const shared = {
    times,
    cursor: times[index],
    marks: [...new Set(marks.map(({ moment }) => times[moment]))],
    onPick: onGo,
  };
  const title =
    'source' in subject
      ? t('topology.edge.title', {
          source: nameOf(replay, subject.source),
          target: nameOf(replay, subject.target),
        })
      : nameOf(replay, subject.id);
  return (
    <Paper variant="outlined" className={classes.timeline}>
      <Typography variant="subtitle1" component="h2">
        {t('replay.timeline', { name: title })}
      </Typography>
      <div className={classes.charts}>
        <ChartPanel
          content={{
            ...shared,
            title: t('figure.errorRatio'),
            axis: format.share,
            series: [
              {
                name: t('figure.errorRatio'),
                values: subject.traffic.errorRatio,
                exact: format.percent,
              },
            ],
          }}
        />
        <ChartPanel
          content={{
            ...shared,
            title: t('figure.p95'),
            axis: format.durationShort,
            series: [
              {
                name: t('figure.p95'),
                values: subject.traffic.p95,
                exact: format.duration,
              },
            ],
          }}
        />
      </div>
      <Typography variant="subtitle2" component="h3" id="ai-mesh-replay-marks">
        {t('replay.marks')}
      </Typography>
      {marks.length === 0 ? (
        <Typography variant="body2">{t('replay.noMarks')}</Typography>
      ) : (
        <ul className={classes.marks} aria-labelledby="ai-mesh-replay-marks">
          {marks.map(({ at, moment, text }) => (
            <li key={`${at} ${text}`}>
              <Button
                size="small"
                variant="outlined"
                className={classes.mark}
                onClick={() => onGo(moment)}
              >
                {format.clock(at, false)} {text}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Typography variant="caption" color="textSecondary">
        {t('replay.marksHelp')}
      </Typography>
    </Paper>
  );
}

function subjectOf(replay: Replay, selection: Selection) {
  const [kind, id] = [selection.slice(0, 4), selection.slice(5)];
  return (
    (kind === 'edge'
      ? replay.edges.find(edge => edge.id === id)
      : replay.nodes.find(node => node.id === id)) ??
    replay.nodes.find(({ relation }) => relation === 'own') ??
    replay.nodes[0]
  );
}
