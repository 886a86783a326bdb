import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { Area, AreaChart, ResponsiveContainer, Tooltip, YAxis } from 'recharts';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { useTooltipStyle } from '../Charts/useTooltipStyle';
import { whyUnknown } from '../Figures';
import { SPARKLINE_HEIGHT, sparklineShape } from './sparklineShape';

/** The last hour's rate as a line; a gap in the measurements is a gap in the line. */
export function Sparkline(props: {
  history: Overview['traffic']['sparkline'];
}) {
  const { history } = props;
  const { t, format } = useFormat();
  const tooltip = useTooltipStyle();
  const { accent } = useTones();
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
      <div role="img" aria-label={name}>
        <ResponsiveContainer
          width="100%"
          height={SPARKLINE_HEIGHT}
          initialDimension={{ width: 320, height: SPARKLINE_HEIGHT }}
        >
          <AreaChart
            data={history.value}
            margin={{ top: 4, right: 4, bottom: 0, left: 4 }}
            accessibilityLayer={false}
          >
            {/* From zero, so that a small change does not look like a big one. */}
            <YAxis hide domain={[0, 'dataMax']} />
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
            <Area
              type="monotone"
              dataKey="requestsPerSecond"
              connectNulls={false}
              stroke={accent.mark}
              strokeWidth={2}
              fill={accent.wash}
              dot={false}
              isAnimationActive={false}
            />
          </AreaChart>
        </ResponsiveContainer>
      </div>
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
