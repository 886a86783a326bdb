import type { CanaryGateResult } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import PassIcon from '@material-ui/icons/CheckCircleOutline';
import BreachIcon from '@material-ui/icons/ErrorOutline';
import HoldIcon from '@material-ui/icons/PauseCircleOutline';
import NotApplicableIcon from '@material-ui/icons/RemoveCircleOutline';
import type { ComponentType } from 'react';
import { type Tone, useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';

type Outcome = CanaryGateResult['outcome'];

const looks: Record<
  Outcome,
  { icon: ComponentType<SvgIconProps>; tone: Tone }
> = {
  pass: { icon: PassIcon, tone: 'healthy' },
  hold: { icon: HoldIcon, tone: 'degraded' },
  breach: { icon: BreachIcon, tone: 'failing' },
  'not-applicable': { icon: NotApplicableIcon, tone: 'unknown' },
};

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: 4 },
});

/** What a gate says, by an icon of its own shape, a word and a colour. */
export function OutcomeMark(props: { outcome: Outcome }) {
  const { icon: Icon, tone } = looks[props.outcome];
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  return (
    <span className={classes.mark} style={{ color: tones[tone].text }}>
      <Icon fontSize="small" />
      {t(`canary.outcome.${props.outcome}`)}
    </span>
  );
}
