import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  unseen: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** Text for those who listen, where those who look see a place, a colour or an icon. */
export function Unseen(props: { children: ReactNode }) {
  const classes = useStyles();
  return <span className={classes.unseen}>{props.children}</span>;
}
