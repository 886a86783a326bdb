import type { RouteDestination } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { destinationName } from './destinationName';

/** Percent; a narrower part has no room for its name, which the table below has. */
const NAMED_FROM = 12;

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    gap: 2,
    height: 24,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
  },
  part: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    minWidth: 3,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    fontSize: '0.75rem',
  },
}));

/** How a rule shares its requests among its destinations. */
export function SplitBar(props: { destinations: RouteDestination[] }) {
  const { destinations } = props;
  const { t, format } = useFormat();
  const theme = useTheme();
  const { accent, unknown } = useTones();
  const classes = useStyles();
  const parts = destinations.map(
    destination =>
      `${destinationName(destination)} ${format.percent(
        destination.weightPercent / 100,
      )}`,
  );
  return (
    <div
      role="img"
      aria-label={t('traffic.split.name', { parts: parts.join(t('text.and')) })}
      className={classes.bar}
    >
      {destinations.map(({ host, subset, port, weightPercent }, index) => {
        // Neighbours differ; the names and the table say which is which.
        const colour = index % 2 === 0 ? accent.mark : unknown.mark;
        return weightPercent > 0 ? (
          <span
            key={`${host} ${subset} ${port}`}
            className={classes.part}
            style={{
              flexBasis: `${weightPercent}%`,
              backgroundColor: colour,
              color: theme.palette.getContrastText(colour),
            }}
          >
            {weightPercent >= NAMED_FROM && parts[index]}
          </span>
        ) : null;
      })}
    </div>
  );
}
