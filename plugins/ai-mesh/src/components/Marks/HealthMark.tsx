import type { Health } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import SlowIcon from '@material-ui/icons/AvTimer';
import HealthyIcon from '@material-ui/icons/CheckCircleOutline';
import FailingIcon from '@material-ui/icons/ErrorOutline';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import DegradedIcon from '@material-ui/icons/ReportProblemOutlined';
import type { ComponentType } from 'react';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';

const icons: Record<Health['status'], ComponentType<SvgIconProps>> = {
  healthy: HealthyIcon,
  slow: SlowIcon,
  degraded: DegradedIcon,
  failing: FailingIcon,
  unknown: UnknownIcon,
};

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    whiteSpace: 'nowrap',
  },
});

/** A health, by an icon of its own shape, a word and a colour. It is healthy only where it is known not to be slow. */
export function HealthMark(props: Pick<Health, 'status' | 'slownessNotKnown'>) {
  const { status, slownessNotKnown } = props;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const isHalfKnown = status === 'healthy' && slownessNotKnown;
  const shown = isHalfKnown ? 'unknown' : status;
  const Icon = icons[shown];
  return (
    <span className={classes.mark} style={{ color: tones[shown].text }}>
      <Icon fontSize="small" />
      {t(isHalfKnown ? 'health.notFailing' : `health.${status}`)}
    </span>
  );
}

/** The icon alone, where a name beside it says the health. */
export function HealthIcon(props: { status: Health['status'] }) {
  const tones = useTones();
  const Icon = icons[props.status];
  return <Icon fontSize="small" style={{ color: tones[props.status].mark }} />;
}
