import type { Trace, TraceSpan } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { Explained } from '../Figures';
import { useTableStyles } from '../Tables';

const useStyles = makeStyles(theme => ({
  time: { width: '45%', minWidth: 180 },
  lane: {
    position: 'relative',
    height: 12,
    backgroundColor: theme.palette.action.hover,
    borderRadius: 2,
  },
  bar: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    minWidth: 2,
    borderRadius: 2,
  },
}));

/** The steps of a trace below one another, each where it was in time. */
export function Waterfall(props: { trace: Trace }) {
  const { trace } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  const total = Math.max(trace.durationMs, 0.001);
  const percent = (ms: number) => `${(100 * ms) / total}%`;
  return (
    <>
      <div className={scroll}>
        <Table
          size="small"
          aria-label={t('traces.waterfall', { id: trace.traceId })}
        >
          <TableHead>
            <TableRow>
              <TableCell>{t('traces.span')}</TableCell>
              <TableCell className={classes.time}>{t('traces.when')}</TableCell>
              <TableCell align="right">{t('traces.start')}</TableCell>
              <TableCell align="right">{t('traces.duration')}</TableCell>
              <TableCell>{t('traces.outcome')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {trace.spans.map(span => {
              const tone = span.failed ? tones.failing : tones.accent;
              return (
                <TableRow key={span.spanId}>
                  <TableCell
                    component="th"
                    role="rowheader"
                    scope="row"
                    style={{ paddingLeft: 8 + 12 * span.depth }}
                  >
                    <Explained by={span.operation}>
                      {t(`traces.side.${span.side}`, { service: span.service })}
                    </Explained>
                  </TableCell>
                  <TableCell className={classes.time}>
                    <div className={classes.lane} aria-hidden="true">
                      <div
                        className={classes.bar}
                        style={{
                          left: percent(span.startMs),
                          width: percent(span.durationMs),
                          backgroundColor: tone.mark,
                        }}
                      />
                    </div>
                  </TableCell>
                  <TableCell align="right">
                    {format.duration(span.startMs)}
                  </TableCell>
                  <TableCell align="right">
                    <Explained by={format.exactMs(span.durationMs)}>
                      {format.duration(span.durationMs)}
                    </Explained>
                  </TableCell>
                  <TableCell
                    style={{ color: span.failed ? tone.text : undefined }}
                  >
                    {outcomeOf(span)}
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </div>
      {trace.spansTotal > trace.spans.length && (
        <Typography variant="caption" color="textSecondary">
          {t('traces.longest', {
            shown: String(trace.spans.length),
            total: String(trace.spansTotal),
          })}
        </Typography>
      )}
    </>
  );

  function outcomeOf({ status, flags, failed, retries, model }: TraceSpan) {
    return [
      failed && t('traces.failed'),
      status,
      flags,
      retries > 0 && t('traces.retries', { count: retries }),
      model,
    ]
      .filter(Boolean)
      .join(' · ');
  }
}
