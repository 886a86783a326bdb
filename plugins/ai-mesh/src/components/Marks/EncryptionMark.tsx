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
import { Explained } from '../Figures';
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
  const name = describeEncryption(encryption, format, t);
  return (
    <Tooltip title={name}>
      {decorative ? (
        <span>
          <Lock protection={protectionOf(encryption)} />
        </span>
      ) : (
        <span role="img" aria-label={name}>
          <Lock protection={protectionOf(encryption)} />
        </span>
      )}
    </Tooltip>
  );
}

/** The lock with a word beside it; what lies behind the word is a hover or a focus away. */
export function EncryptionWord(props: { encryption: Measured<Encryption> }) {
  const { encryption } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const protection = protectionOf(encryption);
  return (
    <Explained by={describeEncryption(encryption, format, t)}>
      <span style={{ color: tones[toneOf[protection]].text }}>
        <Lock protection={protection} /> {t(`protection.${protection}`)}
      </span>
    </Explained>
  );
}

function Lock(props: { protection: Protection }) {
  const tones = useTones();
  const classes = useStyles();
  const Icon = icons[props.protection];
  return (
    <span className={classes.mark}>
      <Icon
        fontSize="inherit"
        style={{ color: tones[toneOf[props.protection]].mark }}
      />
    </span>
  );
}
