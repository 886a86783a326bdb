import type { Measured, Trace } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import LessIcon from '@material-ui/icons/ExpandLess';
import MoreIcon from '@material-ui/icons/ExpandMore';
import { useState } from 'react';
import { useFormat } from '../../format';
import { useTones } from '../../theme';
import { Age, textSaid, whyUnknown } from '../Figures';
import { Waterfall } from './Waterfall';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 2),
    padding: theme.spacing(0.25, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  duration: { minWidth: 76, fontVariantNumeric: 'tabular-nums' },
  open: { marginLeft: 'auto' },
}));

/** Traces in the order that they come in, each with its waterfall behind a button. */
export function TraceList(props: { traces: Measured<Trace[]>; empty: string }) {
  const { traces, empty } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const [open, setOpen] = useState<string>();
  if (traces.status === 'unknown' || traces.value.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {traces.status === 'unknown' ? whyNone() : empty}
      </Typography>
    );
  }
  return (
    <ul className={classes.list}>
      {traces.value.map(trace => {
        const isOpen = open === trace.traceId;
        const duration = format.duration(trace.serviceDurationMs);
        const steps = t('traces.steps', { count: trace.spansTotal });
        return (
          <li key={`${trace.cluster} ${trace.traceId}`}>
            <Typography variant="body2" component="div" className={classes.row}>
              <strong className={classes.duration}>{duration}</strong>
              {trace.failed && (
                <span style={{ color: tones.failing.text }}>
                  {t('traces.failed')}
                </span>
              )}
              <span>{trace.models.join(t('text.and'))}</span>
              <span>{trace.requestTypes.join(t('text.and'))}</span>
              <Age at={trace.startedAt} />
              {trace.url && <Link to={trace.url}>{t('traces.link')}</Link>}
              <Button
                className={classes.open}
                size="small"
                aria-expanded={isOpen}
                aria-label={t('traces.stepsOf', {
                  steps,
                  duration,
                  id: trace.traceId.slice(-8),
                })}
                endIcon={isOpen ? <LessIcon /> : <MoreIcon />}
                onClick={() => setOpen(isOpen ? undefined : trace.traceId)}
              >
                {steps}
              </Button>
            </Typography>
            {isOpen && <Waterfall trace={trace} />}
          </li>
        );
      })}
    </ul>
  );

  function whyNone(): string {
    if (traces.status !== 'unknown') {
      return '';
    }
    // The general sentences speak of proxies and metrics; these are about traces.
    return traces.reason === 'not-exported' && traces.message
      ? textSaid({ ...traces, message: traces.message }, t)
      : whyUnknown(traces, t);
  }
}
