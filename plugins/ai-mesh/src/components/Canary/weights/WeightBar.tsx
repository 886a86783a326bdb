import type { CanaryWeights } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { versionName } from '../versionName';

/** Percent; a narrower part has no room for its name. */
const NAMED_FROM = 14;

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    gap: 2,
    height: 28,
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
    fontSize: '0.8125rem',
    transition: 'flex-basis 400ms',
  },
}));

/** How a route shares its requests: the stable version, the canary, others. */
export function WeightBar(props: { weights: CanaryWeights }) {
  const { t, format } = useFormat();
  const theme = useTheme();
  const { accent, unknown, degraded } = useTones();
  const classes = useStyles();
  const colours = {
    stable: unknown.mark,
    canary: accent.mark,
    other: degraded.mark,
  };
  const parts = props.weights.destinations.map(destination => ({
    ...destination,
    text: `${versionName(destination)} ${format.percent(destination.percent / 100)}`,
    name: t(`canary.role.${destination.role}`),
  }));
  return (
    <div
      role="img"
      aria-label={t('canary.weights.bar', {
        parts: parts
          .map(({ name, text }) => `${name} ${text}`)
          .join(t('text.and')),
      })}
      className={classes.bar}
    >
      {parts
        .filter(({ percent }) => percent > 0)
        .map(({ host, subset, port, role, percent, text }) => (
          <span
            key={`${host} ${subset} ${port}`}
            className={classes.part}
            style={{
              flexBasis: `${percent}%`,
              backgroundColor: colours[role],
              color: theme.palette.getContrastText(colours[role]),
            }}
          >
            {percent >= NAMED_FROM && text}
          </span>
        ))}
    </div>
  );
}
