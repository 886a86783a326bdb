import type {
  AuthorizationVerdict,
  DeniedCaller,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import DeniedIcon from '@material-ui/icons/Block';
import AllowedIcon from '@material-ui/icons/CheckCircleOutline';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import DiffersIcon from '@material-ui/icons/CallSplit';
import type { ComponentType } from 'react';
import type { Tone } from '../../../theme';

/** How each answer of the mesh looks. */
export const verdictLooks: Record<
  AuthorizationVerdict,
  { tone: Tone; icon: ComponentType<SvgIconProps> }
> = {
  allowed: { tone: 'healthy', icon: AllowedIcon },
  denied: { tone: 'failing', icon: DeniedIcon },
  differs: { tone: 'degraded', icon: DiffersIcon },
  unknown: { tone: 'unknown', icon: UnknownIcon },
};

/** How serious each origin of a 403 is for whoever looks after the policies. */
export const deniedTones: Record<DeniedCaller['by'], Tone> = {
  policy: 'failing',
  external: 'degraded',
  undecided: 'degraded',
  application: 'unknown',
};
