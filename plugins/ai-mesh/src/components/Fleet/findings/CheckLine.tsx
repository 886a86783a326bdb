import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: { display: 'flex', alignItems: 'center', overflowWrap: 'anywhere' },
});

/** A line that may be chosen, with links of its own in it. */
export function CheckLine(props: {
  label: string;
  checked: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Checkbox
        color="primary"
        size="small"
        checked={props.checked}
        onChange={props.onToggle}
        inputProps={{ 'aria-label': props.label }}
      />
      {props.children}
    </div>
  );
}
