import type { CanaryGrowth } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';

const WIDTH = 400;
const HEIGHT = 72;
const LEFT = 64;
/** Evidence beyond enough needs no more room than this. */
const MOST = 1.25;

const useStyles = makeStyles(theme => ({
  picture: { display: 'block', width: '100%', overflow: 'visible' },
  text: { fontSize: 11, fill: theme.palette.text.secondary },
}));

/** How the evidence for each decision grew since the weights changed, up to the line at which it is enough. */
export function EvidenceGrowth(props: {
  label: string;
  growth: readonly CanaryGrowth[];
}) {
  const { label, growth } = props;
  const { t, format } = useFormat();
  const { failing, healthy } = useTones();
  const classes = useStyles();
  const times = growth.map(({ at }) => new Date(at).getTime());
  const [first, last] = [times[0], times[times.length - 1]];
  const x = (time: number) =>
    LEFT + ((time - first) / Math.max(1, last - first)) * (WIDTH - LEFT);
  const y = (evidence: number) =>
    HEIGHT - (Math.min(Math.max(evidence, 0), MOST) / MOST) * HEIGHT;
  const line = (key: 'rollBack' | 'advance') =>
    growth.map((point, i) => `${x(times[i])},${y(point[key])}`).join(' ');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 -8 ${WIDTH} ${HEIGHT + 24}`}
      className={classes.picture}
    >
      <line
        x1={LEFT}
        x2={WIDTH}
        y1={y(1)}
        y2={y(1)}
        stroke="currentColor"
        strokeDasharray="4 3"
        strokeOpacity={0.5}
      />
      <text x={0} y={y(1) + 4} className={classes.text}>
        {t('canary.test.enough')}
      </text>
      <polyline
        points={line('advance')}
        fill="none"
        stroke={healthy.mark}
        strokeWidth={2}
      />
      <polyline
        points={line('rollBack')}
        fill="none"
        stroke={failing.mark}
        strokeWidth={2}
        strokeDasharray="2 2"
      />
      <text x={LEFT} y={HEIGHT + 14} className={classes.text}>
        0
      </text>
      <text x={WIDTH} y={HEIGHT + 14} textAnchor="end" className={classes.text}>
        {format.duration(last - first)}
      </text>
    </svg>
  );
}
