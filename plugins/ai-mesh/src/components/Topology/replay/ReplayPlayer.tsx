import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import Slider from '@material-ui/core/Slider';
import { makeStyles } from '@material-ui/core/styles';
import PauseIcon from '@material-ui/icons/Pause';
import PlayIcon from '@material-ui/icons/PlayArrow';
import NextIcon from '@material-ui/icons/SkipNext';
import BackIcon from '@material-ui/icons/SkipPrevious';
import { useFormat } from '../../../format';
import { Choice } from '../../Screen';
import type { TopologyChoices } from '../useTopologyChoices';
import type { ReplayMark } from './marksOf';
import { type Playback, speeds } from './usePlayback';

const useStyles = makeStyles(theme => ({
  player: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  slider: { flex: '1 1 240px', margin: theme.spacing(0, 2) },
  time: {
    fontVariantNumeric: 'tabular-nums',
    fontWeight: 700,
    minWidth: '7em',
  },
}));

/** Plays, pauses and steps through a replay. */
export function ReplayPlayer(props: {
  marks: readonly ReplayMark[];
  playback: Playback;
  choices: TopologyChoices;
}) {
  const { marks, playback, choices } = props;
  const { moments, index, last, playing } = playback;
  const { t, format } = useFormat();
  const classes = useStyles();
  const timeOf = (of: number) => format.clock(moments[of], true);
  return (
    <div
      className={classes.player}
      role="group"
      aria-label={t('replay.player')}
    >
      <IconButton
        aria-label={t('replay.back')}
        disabled={index === 0}
        onClick={() => playback.go(index - 1)}
      >
        <BackIcon />
      </IconButton>
      <IconButton
        color="primary"
        aria-label={t(playing ? 'replay.pause' : 'replay.play')}
        onClick={playing ? playback.pause : playback.play}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </IconButton>
      <IconButton
        aria-label={t('replay.next')}
        disabled={index === last}
        onClick={() => playback.go(index + 1)}
      >
        <NextIcon />
      </IconButton>
      <Slider
        className={classes.slider}
        aria-label={t('replay.moment')}
        min={0}
        max={last}
        value={index}
        marks={marks.map(({ moment }) => ({ value: moment }))}
        getAriaValueText={timeOf}
        onChange={(_, value) => playback.go(Number(value))}
      />
      <span className={classes.time}>{timeOf(index)}</span>
      <Choice
        label={t('replay.speed')}
        value={playback.speed}
        onChange={playback.setSpeed}
        options={speeds.map(value => ({
          value,
          label: t('replay.perSecond', { count: Number(value) }),
        }))}
      />
      <Button
        size="small"
        variant="outlined"
        onClick={() => choices.openMoment(moments[index])}
      >
        {t('replay.open')}
      </Button>
    </div>
  );
}
