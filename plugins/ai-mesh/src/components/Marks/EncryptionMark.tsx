import type { Encryption, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import Tooltip from '@material-ui/core/Tooltip';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import OpenLockIcon from '@material-ui/icons/LockOpen';
import LockIcon from '@material-ui/icons/LockOutlined';
import type { ComponentType } from 'react';
import { useFormat } from '../../format';
import { Tone, useTones } from '../../theme';
import { describeEncryption, Protection, protectionOf } from './encryption';

const icons: Record<Protection, ComponentType<SvgIconProps>> = {
  encrypted: LockIcon,
  mixed: OpenLockIcon,
  plaintext: OpenLockIcon,
  unknown: UnknownIcon,
};

const toneOf: Record<Protection, Tone> = {
  encrypted: 'healthy',
  mixed: 'degraded',
  plaintext: 'degraded',
  unknown: 'unknown',
};

const useStyles = makeStyles({
  mark: { display: 'inline-flex', fontSize: '1.25em', verticalAlign: 'middle' },
});

/** A closed lock, an open lock or a question mark, with its meaning as its name. */
export function EncryptionMark(props: {
  encryption: Measured<Encryption>;
  /** Where the name beside it already says it. */
  decorative?: boolean;
}) {
  const { encryption, decorative } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const protection = protectionOf(encryption);
  const Icon = icons[protection];
  const name = describeEncryption(encryption, format, t);
  const icon = (
    <Icon
      fontSize="inherit"
      style={{ color: tones[toneOf[protection]].mark }}
    />
  );
  return (
    <Tooltip title={name}>
      {decorative ? (
        <span className={classes.mark}>{icon}</span>
      ) : (
        <span className={classes.mark} role="img" aria-label={name}>
          {icon}
        </span>
      )}
    </Tooltip>
  );
}
