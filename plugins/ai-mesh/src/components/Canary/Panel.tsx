import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles(theme => ({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    minWidth: 0,
  },
}));

/** A part of the screen under a heading of its own. */
export function Panel(props: { title: string; children: ReactNode }) {
  const { title, children } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.panel}
      aria-labelledby={id}
    >
      <Typography id={id} variant="subtitle1" component="h3">
        {title}
      </Typography>
      {children}
    </Paper>
  );
}
