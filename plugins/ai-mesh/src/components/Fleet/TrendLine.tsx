import type { FleetRow, FleetTrend } from '@ai-mesh/plugin-ai-mesh-common';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { Explained, inARow, whyUnknown } from '../Figures';

const WIDTH = 96;
const HEIGHT = 24;
/** So much of the height a share of errors has at least that is none at all. */
const LEAST_ERRORS = 2;

const useStyles = makeStyles(theme => ({
  trend: {
    display: 'inline-block',
    lineHeight: 0,
    borderRadius: theme.shape.borderRadius,
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
}));

/**
 * The last hour of a row: requests as a line from zero, the share that failed as bars below it; a gap in the measurements is
 * a gap in both. Drawn by hand, since a table has hundreds of them.
 */
export function TrendLine(props: { trend: FleetRow['trend'] }) {
  const { trend } = props;
  const { t } = useFormat();
  return trend.status === 'known' ? (
    <KnownTrend trend={trend.value} />
  ) : (
    <Explained by={whyUnknown(trend, t)}>{t('unknown.name')}</Explained>
  );
}

function KnownTrend(props: { trend: FleetTrend }) {
  const { requestsPerSecond, errorRatio } = props.trend;
  const { accent, failing } = useTones();
  const classes = useStyles();
  const words = useTrendWords(props.trend);
  const step = WIDTH / requestsPerSecond.length;
  const most = Math.max(1e-9, ...requestsPerSecond.map(rate => rate ?? 0));
  // A point stands in the middle of the five minutes that it is the mean of, as the bar of the same does.
  const x = (index: number) => (index + 0.5) * step;
  const y = (rate: number) => HEIGHT - 1 - (rate / most) * (HEIGHT - 2);
  return (
    <Tooltip title={words}>
      <span
        role="img"
        aria-label={words}
        // Keys reach what a pointer does.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={classes.trend}
      >
        <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
          {errorRatio.map((ratio, index) => {
            const height =
              ratio && Math.max(LEAST_ERRORS, Math.min(1, ratio) * HEIGHT);
            return height ? (
              <rect
                key={index}
                x={index * step + 1}
                width={step - 2}
                y={HEIGHT - height}
                height={height}
                fill={failing.mark}
              />
            ) : null;
          })}
          {piecesOf(requestsPerSecond).map(({ from, rates }) => (
            <path
              key={from}
              // The first point twice: a piece that has no other is a dot.
              d={[rates[0], ...rates]
                .map(
                  (rate, index) =>
                    `${index === 0 ? 'M' : 'L'}${x(from + Math.max(0, index - 1))} ${y(rate)}`,
                )
                .join('')}
              fill="none"
              stroke={accent.mark}
              strokeWidth={rates.length > 1 ? 2 : 4}
              strokeLinejoin="round"
              strokeLinecap="round"
            />
          ))}
        </svg>
      </span>
    </Tooltip>
  );
}

/** All that the line shows. */
function useTrendWords({
  until,
  requestsPerSecond,
  errorRatio,
}: FleetTrend): string {
  const { t, format } = useFormat();
  const rates = requestsPerSecond.filter(rate => rate !== null);
  const ratios = errorRatio.filter(ratio => ratio !== null);
  const worst = Math.max(0, ...ratios);
  const noErrors = ratios.length > 0 ? [t('fleet.trend.noErrors')] : [];
  const gaps = 1 - rates.length / requestsPerSecond.length;
  return inARow(
    [
      t('fleet.trend.requests', {
        until: format.clock(until, false),
        low: format.rate(Math.min(...rates)),
        high: format.rate(Math.max(...rates)),
        last: format.rate(rates.at(-1)!),
      }),
      ...(worst > 0
        ? [t('fleet.trend.errors', { percent: format.percent(worst) })]
        : noErrors),
      ...(gaps > 0
        ? [t('fleet.trend.gaps', { percent: format.percent(gaps) })]
        : []),
    ],
    t,
  );
}

/** The measurements between the gaps. */
function piecesOf(
  values: readonly (number | null)[],
): { from: number; rates: number[] }[] {
  const pieces: { from: number; rates: number[] }[] = [];
  values.forEach((value, index) => {
    const last = pieces.at(-1);
    if (value === null) {
      return;
    }
    if (last && last.from + last.rates.length === index) {
      last.rates.push(value);
    } else {
      pieces.push({ from: index, rates: [value] });
    }
  });
  return pieces;
}
