import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { inARow, whyUnknown } from '../Figures';
import { SparkArea } from './SparkArea';
import { SPARKLINE_HEIGHT, sparklineShape } from './sparklineShape';

/** The last hour's rate as a line; a gap in the measurements is a gap in the line. */
export function Sparkline(props: {
  history: Overview['traffic']['sparkline'];
}) {
  const { history } = props;
  const { t, format } = useFormat();
  const shape =
    history.status === 'known' ? sparklineShape(history.value) : undefined;
  if (history.status === 'unknown' || !shape) {
    const reason =
      history.status === 'unknown'
        ? whyUnknown(history, t)
        : t('unknown.no-traffic');
    return (
      <Typography
        variant="body2"
        color="textSecondary"
        style={{ minHeight: SPARKLINE_HEIGHT }}
      >
        {t('overview.sparkline.unknown', { reason })}
      </Typography>
    );
  }
  const name = inARow(
    [
      t('overview.sparkline.name', {
        now: format.rate(shape.now),
        low: format.rate(shape.low),
        high: format.rate(shape.high),
      }),
      ...(shape.gaps > 0
        ? [
            t('overview.sparkline.gaps', {
              percent: format.percent(shape.gaps),
            }),
          ]
        : []),
    ],
    t,
  );

  return (
    <figure style={{ margin: 0 }}>
      <SparkArea
        label={name}
        points={history.value.map(({ at, requestsPerSecond }) => ({
          at: Date.parse(at),
          value: requestsPerSecond,
        }))}
        // From zero, so that a small change does not look like a big one.
        low={0}
        high={shape.high}
        tell={index => {
          const { at, requestsPerSecond } = history.value[index];
          return {
            title: format.time(at),
            text:
              requestsPerSecond === null
                ? t('chart.gap')
                : `${t('figure.requestsPerSecond')} : ${format.rate(requestsPerSecond)}`,
          };
        }}
      />
      <Typography
        variant="caption"
        color="textSecondary"
        component="figcaption"
      >
        {t('overview.sparkline.caption')}
      </Typography>
    </figure>
  );
}
