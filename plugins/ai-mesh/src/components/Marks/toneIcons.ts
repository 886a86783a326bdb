import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import SlowIcon from '@material-ui/icons/AvTimer';
import HealthyIcon from '@material-ui/icons/CheckCircleOutline';
import FailingIcon from '@material-ui/icons/ErrorOutline';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import AccentIcon from '@material-ui/icons/InfoOutlined';
import DegradedIcon from '@material-ui/icons/ReportProblemOutlined';
import type { ComponentType } from 'react';
import type { Tone } from '../../theme';

/** Each tone's own shape: colour is never the only sign. */
export const toneIcons: Record<Tone, ComponentType<SvgIconProps>> = {
  healthy: HealthyIcon,
  slow: SlowIcon,
  degraded: DegradedIcon,
  failing: FailingIcon,
  unknown: UnknownIcon,
  accent: AccentIcon,
};
