import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  code: {
    margin: 0,
    padding: theme.spacing(1),
    overflow: 'auto',
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  wrapped: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
}));

/** Text of a machine, which scrolls by the keyboard too. */
export function Code(props: {
  label: string;
  /** Breaks long lines. */
  wrapped?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const { label, wrapped, className, children } = props;
  const classes = useStyles();
  return (
    <Box
      component="pre"
      role="group"
      aria-label={label}
      tabIndex={0}
      className={[classes.code, wrapped ? classes.wrapped : '', className]
        .filter(Boolean)
        .join(' ')}
    >
      {children}
    </Box>
  );
}
