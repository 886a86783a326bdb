import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import type { ComponentType, ReactNode } from 'react';
import { Tone, useTones } from '../../theme';
import { toneIcons } from './toneIcons';

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    whiteSpace: 'nowrap',
  },
});

/** A word in a tone, with the tone's icon or one of its own. */
export function ToneMark(props: {
  tone: Tone;
  icon?: ComponentType<SvgIconProps>;
  children: ReactNode;
}) {
  const { tone, icon: Icon = toneIcons[tone], children } = props;
  const tones = useTones();
  const classes = useStyles();
  return (
    <span className={classes.mark} style={{ color: tones[tone].text }}>
      <Icon fontSize="small" style={{ color: tones[tone].mark }} />
      {children}
    </span>
  );
}
