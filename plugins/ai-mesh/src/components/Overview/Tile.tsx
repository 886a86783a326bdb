import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';

const useStyles = makeStyles(theme => ({
  tile: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    minWidth: 0,
    padding: theme.spacing(2),
  },
  heading: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  links: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    marginTop: 'auto',
    paddingTop: theme.spacing(1),
  },
}));

/** One capability at a glance: figures, one sentence, and the way to its screen. */
export function Tile(props: {
  title: string;
  mark?: ReactNode;
  sentence: string;
  jumps: Array<{ to: string; label: string }>;
  children: ReactNode;
}) {
  const { title, mark, sentence, jumps, children } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.tile}
      aria-labelledby={id}
    >
      <div className={classes.heading}>
        <Typography id={id} variant="subtitle1" component="h2">
          {title}
        </Typography>
        {mark}
      </div>
      {children}
      <Typography variant="body2">{sentence}</Typography>
      {jumps.length > 0 && (
        <div className={classes.links}>
          {jumps.map(({ to, label }) => (
            <Link key={label} to={to}>
              {label}
            </Link>
          ))}
        </div>
      )}
    </Paper>
  );
}
