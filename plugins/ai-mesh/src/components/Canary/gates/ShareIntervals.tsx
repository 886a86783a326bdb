import type {
  CanaryShareEstimate,
  CanaryShareTest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import type { VersionNames } from '../versionName';

const WIDTH = 400;
const ROW = 24;
/** Of a name at its size. */
const LETTER = 7;
const LONGEST_NAME = 22;
/** What a bound's figure takes. */
const FIGURE = 44;

const useStyles = makeStyles(theme => ({
  picture: { display: 'block', width: '100%', overflow: 'visible' },
  text: { fontSize: 12, fill: theme.palette.text.primary },
  bound: { fontSize: 11, fill: theme.palette.text.secondary },
}));

/** Both versions' intervals as bars with the estimate marked, and the bounds as lines through both. */
export function ShareIntervals(props: {
  label: string;
  canary: CanaryShareEstimate;
  stable: CanaryShareEstimate;
  names: VersionNames;
  bounds: CanaryShareTest['bounds'];
}) {
  const { label, canary, stable, names } = props;
  const { format } = useFormat();
  const { accent, unknown, failing, healthy } = useTones();
  const classes = useStyles();
  const bounds = [
    {
      at: props.bounds.advanceBelow,
      colour: healthy.mark,
      outside: 'end' as const,
    },
    {
      at: props.bounds.rollBackAbove,
      colour: failing.mark,
      outside: 'start' as const,
    },
  ];
  const asked = [canary, stable].filter(({ requests }) => requests > 0);
  // Room for the bounds and for what is known; an interval of nothing would take all.
  const most = Math.min(
    1,
    1.15 *
      Math.max(
        ...bounds.map(({ at }) => at * 1.6),
        ...asked.map(({ bad, requests }) => (bad / requests) * 1.4),
        0.001,
      ),
  );
  const rows = [
    { name: shortened(names.canary), of: canary, colour: accent.mark },
    { name: shortened(names.stable), of: stable, colour: unknown.mark },
  ];
  const left = Math.max(
    64,
    ...rows.map(({ name }) => (name.length + 1) * LETTER),
  );
  const x = (share: number) =>
    left + (Math.min(share, most) / most) * (WIDTH - left);
  // Figures that have no room beside each other stand on the outer sides of their lines.
  const isNarrow = x(bounds[1].at) - x(bounds[0].at) < FIGURE;
  const bottom = rows.length * ROW + 4;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${bottom + 16}`}
      className={classes.picture}
    >
      {bounds.map(({ at, colour, outside }) => (
        <g key={`${at} ${colour}`}>
          <line
            x1={x(at)}
            x2={x(at)}
            y1={0}
            y2={bottom}
            stroke={colour}
            strokeDasharray="4 3"
            strokeWidth={1.5}
          />
          <text
            x={x(at)}
            y={bottom + 12}
            textAnchor={isNarrow ? outside : 'middle'}
            className={classes.bound}
          >
            {format.percent(at)}
          </text>
        </g>
      ))}
      {rows.map(({ name, of, colour }, index) => {
        const y = index * ROW + ROW / 2;
        return (
          <g key={index === 0 ? 'canary' : 'stable'}>
            <text x={0} y={y + 4} className={classes.text}>
              {name}
            </text>
            {of.requests > 0 && (
              <>
                <line
                  x1={x(of.low)}
                  x2={Math.max(x(of.high), x(of.low) + 2)}
                  y1={y}
                  y2={y}
                  stroke={colour}
                  strokeWidth={6}
                  strokeOpacity={0.45}
                />
                <circle
                  cx={x(of.bad / of.requests)}
                  cy={y}
                  r={5}
                  fill={colour}
                />
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME
    ? `${name.slice(0, LONGEST_NAME - 1)}…`
    : name;
}
