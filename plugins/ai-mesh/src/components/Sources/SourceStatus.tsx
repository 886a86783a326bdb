import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import OkIcon from '@material-ui/icons/CheckCircleOutline';
import UnreachableIcon from '@material-ui/icons/CloudOff';
import ForbiddenIcon from '@material-ui/icons/LockOutlined';
import PartialIcon from '@material-ui/icons/ReportProblemOutlined';
import StaleIcon from '@material-ui/icons/Schedule';
import NotConfiguredIcon from '@material-ui/icons/SettingsOutlined';
import type { ComponentType } from 'react';
import { Tone, useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';

const looks: Record<
  Source['status'],
  { tone: Tone; icon: ComponentType<SvgIconProps> }
> = {
  ok: { tone: 'healthy', icon: OkIcon },
  partial: { tone: 'degraded', icon: PartialIcon },
  stale: { tone: 'degraded', icon: StaleIcon },
  unreachable: { tone: 'failing', icon: UnreachableIcon },
  forbidden: { tone: 'failing', icon: ForbiddenIcon },
  'not-configured': { tone: 'unknown', icon: NotConfiguredIcon },
};

const useStyles = makeStyles({
  status: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    whiteSpace: 'nowrap',
    verticalAlign: 'bottom',
  },
});

/** How a source did, by icon, word and colour. */
export function SourceStatus(props: { status: Source['status'] }) {
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const { tone, icon: Icon } = looks[props.status];
  return (
    <span className={classes.status} style={{ color: tones[tone].text }}>
      <Icon fontSize="small" />
      {t(`source.status.${props.status}`)}
    </span>
  );
}
