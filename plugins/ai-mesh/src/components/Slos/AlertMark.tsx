import type { ObjectiveStatus } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import OkIcon from '@material-ui/icons/CheckCircleOutline';
import PageIcon from '@material-ui/icons/ErrorOutline';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import TicketIcon from '@material-ui/icons/ReportProblemOutlined';
import type { ComponentType } from 'react';
import { Tone, useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';

const looks: Record<
  ObjectiveStatus['alert'],
  { tone: Tone; icon: ComponentType<SvgIconProps> }
> = {
  page: { tone: 'failing', icon: PageIcon },
  ticket: { tone: 'degraded', icon: TicketIcon },
  ok: { tone: 'healthy', icon: OkIcon },
  unknown: { tone: 'unknown', icon: UnknownIcon },
};

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    whiteSpace: 'nowrap',
  },
});

/** What an objective's burn-rate alerts say, by icon, word and colour. */
export function AlertMark(props: { alert: ObjectiveStatus['alert'] }) {
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const { tone, icon: Icon } = looks[props.alert];
  return (
    <span className={classes.mark} style={{ color: tones[tone].text }}>
      <Icon fontSize="small" />
      {t(`slos.alert.${props.alert}`)}
    </span>
  );
}
