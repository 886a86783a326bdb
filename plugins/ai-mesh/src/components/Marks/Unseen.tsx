import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  // Else it lies on the page itself, which grows by what is further down in a part that scrolls.
  place: { position: 'relative' },
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
  return (
    <span className={classes.place}>
      <span className={classes.unseen}>{props.children}</span>
    </span>
  );
}
