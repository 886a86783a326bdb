import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    gap: theme.spacing(0, 2),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.caption.fontSize,
    color: theme.palette.text.primary,
  },
}));

/** Which line is whose. */
export function ChartLegend(props: {
  lines: readonly { name: string; stroke: string; dash?: string }[];
}) {
  const classes = useStyles();
  return (
    <ul className={classes.legend}>
      {props.lines.map(({ name, stroke, dash }) => (
        <li key={name}>
          <svg width={24} height={8} aria-hidden>
            <line
              x2={20}
              y1={4}
              y2={4}
              stroke={stroke}
              strokeWidth={2}
              strokeDasharray={dash}
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
