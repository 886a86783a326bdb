import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { Tooltip } from 'recharts';
import { useFormat } from '../../format';
import { useTooltipStyle } from '../Charts/useTooltipStyle';
import { whyUnknown } from '../Figures';
import { SparkArea } from './SparkArea';
import { SPARKLINE_HEIGHT, sparklineShape } from './sparklineShape';

/** The last hour's rate as a line; a gap in the measurements is a gap in the line. */
export function Sparkline(props: {
  history: Overview['traffic']['sparkline'];
}) {
  const { history } = props;
  const { t, format } = useFormat();
  const tooltip = useTooltipStyle();
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
  const name = [
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
  ].join(' ');

  return (
    <figure style={{ margin: 0 }}>
      <SparkArea
        label={name}
        points={history.value}
        dataKey="requestsPerSecond"
        type="monotone"
        // From zero, so that a small change does not look like a big one.
        domain={[0, 'dataMax']}
      >
        <Tooltip
          {...tooltip}
          labelFormatter={(_, points) => {
            const at: unknown = points[0]?.payload.at;
            return typeof at === 'string' ? format.time(at) : '';
          }}
          formatter={value => [
            format.rate(Number(value)),
            t('figure.requestsPerSecond'),
          ]}
        />
      </SparkArea>
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
