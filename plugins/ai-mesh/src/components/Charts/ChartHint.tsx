import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  hint: {
    position: 'absolute',
    top: 0,
    zIndex: 1,
    pointerEvents: 'none',
    padding: theme.spacing(0.5, 1),
    fontSize: theme.typography.caption.fontSize,
    whiteSpace: 'nowrap',
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** What a chart says of one moment, beside it. */
export function ChartHint(props: {
  /** Where the moment lies, and how wide the chart is; pixels. */
  x: number;
  width: number;
  title: string;
  children: ReactNode;
}) {
  const { x, width, title, children } = props;
  const classes = useStyles();
  const side =
    x < width / 2 ? { left: x + 12 } : { right: Math.max(0, width - x) + 12 };
  return (
    <div role="status" className={classes.hint} style={side}>
      <div>{title}</div>
      {children}
    </div>
  );
}
