import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';
import { Tone, useTones } from '../../theme';
import { toneIcons } from './toneIcons';

const useStyles = makeStyles(theme => ({
  notice: {
    display: 'flex',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    borderLeft: '4px solid',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
  },
  body: { minWidth: 0, overflowWrap: 'anywhere' },
}));

/** Something that one should know while reading the rest. */
export function Notice(props: {
  tone: Tone;
  title: string;
  children?: ReactNode;
}) {
  const { tone, title, children } = props;
  const tones = useTones();
  const classes = useStyles();
  const id = useId();
  const Icon = toneIcons[tone];
  return (
    <section
      className={classes.notice}
      style={{ borderLeftColor: tones[tone].mark }}
      aria-labelledby={id}
    >
      <Icon style={{ color: tones[tone].mark }} />
      <div className={classes.body}>
        <Typography id={id} variant="subtitle2" component="h2">
          {title}
        </Typography>
        <Typography variant="body2" component="div">
          {children}
        </Typography>
      </div>
    </section>
  );
}
