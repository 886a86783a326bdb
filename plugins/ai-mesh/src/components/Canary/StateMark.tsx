import type { Canary, CanaryState } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import EndedIcon from '@material-ui/icons/Block';
import PromotedIcon from '@material-ui/icons/CheckCircleOutline';
import FailedIcon from '@material-ui/icons/ErrorOutline';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import PausedIcon from '@material-ui/icons/PauseCircleOutline';
import ProgressingIcon from '@material-ui/icons/TrendingUp';
import RestoredIcon from '@material-ui/icons/Undo';
import type { ComponentType } from 'react';
import { type Tone, useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';

interface Look {
  icon: ComponentType<SvgIconProps>;
  tone: Tone;
}

const looks: Record<CanaryState, Look> = {
  requested: { icon: WaitingIcon, tone: 'accent' },
  approved: { icon: WaitingIcon, tone: 'accent' },
  progressing: { icon: ProgressingIcon, tone: 'accent' },
  paused: { icon: PausedIcon, tone: 'degraded' },
  rollingBack: { icon: RestoredIcon, tone: 'failing' },
  promoted: { icon: PromotedIcon, tone: 'healthy' },
  rejected: { icon: EndedIcon, tone: 'unknown' },
  cancelled: { icon: EndedIcon, tone: 'unknown' },
  expired: { icon: EndedIcon, tone: 'unknown' },
  failed: { icon: FailedIcon, tone: 'failing' },
  rolledBack: { icon: RestoredIcon, tone: 'failing' },
};

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    whiteSpace: 'nowrap',
  },
});

/** The tone of a canary's state; one that is held is not as good as one that goes on. */
export function toneOfCanary({
  state,
  hold,
}: Pick<Canary, 'state' | 'hold'>): Tone {
  return state === 'progressing' && hold ? 'unknown' : looks[state].tone;
}

/** A state, by an icon of its own shape, a word and a colour. */
export function StateMark(props: { state: CanaryState }) {
  const { icon: Icon, tone } = looks[props.state];
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  return (
    <span className={classes.mark} style={{ color: tones[tone].text }}>
      <Icon fontSize="small" />
      {t(`canary.state.${props.state}`)}
    </span>
  );
}
