import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    '& > nav': { flexGrow: 1 },
    '& > button, & > a': { marginTop: theme.spacing(0.5) },
    '@media print': { display: 'none' },
  },
}));

/** The way to other screens, and at its end what helps with this one. */
export function NavigationBar(props: { children: ReactNode }) {
  return <div className={useStyles().bar}>{props.children}</div>;
}
