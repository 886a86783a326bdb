import type {
  MtlsOutcome,
  MtlsStatus,
  ServerMode,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import RefusedIcon from '@material-ui/icons/Block';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import OpenLockIcon from '@material-ui/icons/LockOpen';
import LockIcon from '@material-ui/icons/LockOutlined';
import type { ComponentType } from 'react';
import type { Tone } from '../../../theme';

interface Look {
  tone: Tone;
  icon?: ComponentType<SvgIconProps>;
}

/** How each state of a service looks. */
export const statusLooks: Record<MtlsStatus, Look> = {
  strict: { tone: 'healthy', icon: LockIcon },
  ready: { tone: 'accent' },
  mixed: { tone: 'degraded', icon: OpenLockIcon },
  disabled: { tone: 'failing', icon: OpenLockIcon },
  conflict: { tone: 'failing' },
  unknown: { tone: 'unknown' },
};

/** How each mode of the called side looks. */
export const modeLooks: Record<ServerMode, Look> = {
  STRICT: { tone: 'healthy', icon: LockIcon },
  PERMISSIVE: { tone: 'degraded', icon: OpenLockIcon },
  DISABLE: { tone: 'failing', icon: OpenLockIcon },
  NO_PROXY: { tone: 'failing', icon: OpenLockIcon },
  UNKNOWN: { tone: 'unknown', icon: UnknownIcon },
};

/** How each outcome of a call looks. */
export const outcomeLooks: Record<MtlsOutcome, Look> = {
  encrypted: { tone: 'healthy', icon: LockIcon },
  plaintext: { tone: 'degraded', icon: OpenLockIcon },
  refused: { tone: 'failing', icon: RefusedIcon },
  unknown: { tone: 'unknown', icon: UnknownIcon },
};
