import { makeStyles } from '@material-ui/core/styles';
import { Fragment, ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  terms: {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, auto) 1fr',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  },
}));

/** Names beside their values. */
export function Terms(props: {
  terms: Array<{ name: string; value: ReactNode }>;
}) {
  const classes = useStyles();
  return (
    <dl className={classes.terms}>
      {props.terms.map(({ name, value }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
