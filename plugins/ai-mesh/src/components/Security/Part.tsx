import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';
import { useTones } from '../../theme';

const useStyles = makeStyles(theme => ({
  part: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  },
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
  },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
    minWidth: 0,
  },
}));

/** One subject of a service, under a heading of its own. */
export function Part(props: {
  title: string;
  /** The state in a word, beside the title. */
  mark?: ReactNode;
  /** One sentence. */
  sentence?: ReactNode;
  children?: ReactNode;
}) {
  const { title, mark, sentence, children } = props;
  const classes = useStyles();
  const tones = useTones();
  const id = useId();
  return (
    <section className={classes.part} aria-labelledby={id}>
      <div className={classes.heading}>
        <Typography id={id} variant="subtitle1" component="h3">
          {title}
        </Typography>
        {mark}
      </div>
      {sentence && (
        <Typography variant="body2" style={{ color: tones.unknown.text }}>
          {sentence}
        </Typography>
      )}
      {children && (
        <Paper variant="outlined" className={classes.body}>
          {children}
        </Paper>
      )}
    </section>
  );
}

/** A heading inside a {@link Part}, with what it is about. */
export function SubPart(props: { title: string; children: ReactNode }) {
  const { title, children } = props;
  return (
    <div>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        {title}
      </Typography>
      {children}
    </div>
  );
}
