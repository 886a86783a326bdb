import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';

const useStyles = makeStyles(theme => ({
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(320px, 1fr))',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
  },
}));

/** The overview's shape, before its first answer. */
export function OverviewSkeleton() {
  const classes = useStyles();
  return (
    <>
      <div className={classes.tiles}>
        <Skeleton variant="rect" height={250} />
        <Skeleton variant="rect" height={250} />
      </div>
      <Skeleton variant="rect" height={120} />
    </>
  );
}
