import { windowSchema, type Window } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { useId, useState } from 'react';
import { useFormat } from '../../format';
import { useMoment, useTraces } from '../../hooks';
import { Code } from '../Figures';
import { Choice } from '../Screen';
import { FailureState } from '../States';
import { TraceList } from './TraceList';

const CONFIGURATION = `aiMesh:
  clusters:
    - name: production
      tracing:
        type: jaeger # or tempo
        url: https://jaeger.example.com
        traceUrl: https://jaeger.example.com/trace/{traceId}`;

const shows = ['slowest', 'slower', 'failed'] as const;
type Show = (typeof shows)[number];

const useStyles = makeStyles(theme => ({
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1),
  },
}));

/** Traces that are worth a look: slower than the objective, the slowest, or failed. */
export function TracesPanel(props: {
  entityRef: string;
  model?: string;
  /** What the objective promises, milliseconds. */
  thresholdMs?: number;
}) {
  const { entityRef, model, thresholdMs } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const id = useId();
  const [window, setWindow] = useState<Window>('1h');
  const [show, setShow] = useState<Show>(
    thresholdMs === undefined ? 'slowest' : 'slower',
  );
  const threshold =
    thresholdMs === undefined ? '' : format.duration(thresholdMs);
  const [at] = useMoment();
  const { data, error, refresh } = useTraces(entityRef, {
    window,
    ...(at && { at }),
    ...(model !== undefined && { model }),
    ...(show === 'slower' && { slowerThanMs: thresholdMs }),
  });
  const traces = data && (show === 'failed' ? data.failed : data.slowest);
  return (
    <section aria-labelledby={id}>
      <div className={classes.heading}>
        <Typography id={id} variant="subtitle1" component="h3">
          {t('traces.title')}
        </Typography>
        <Choice
          label={t('traces.show.label')}
          value={show}
          onChange={setShow}
          options={shows
            .filter(value => value !== 'slower' || thresholdMs !== undefined)
            .map(value => ({
              value,
              label: t(`traces.show.${value}`, { threshold }),
            }))}
        />
        <Choice
          label={t('window.label')}
          value={window}
          onChange={setWindow}
          options={windowSchema.options.map(value => ({
            value,
            label: t(`window.${value}`),
          }))}
        />
      </div>
      {!data && !error && (
        <div role="status" aria-label={t('traces.loading')}>
          <Skeleton height={32} />
          <Skeleton height={32} />
        </div>
      )}
      {!data && error && (
        <FailureState error={error} entityRef={entityRef} onRetry={refresh} />
      )}
      {traces && (
        <TraceList
          traces={traces}
          empty={t(`traces.empty.${show}`, {
            window: t(`window.${window}`),
            threshold,
          })}
        />
      )}
      {show === 'slower' &&
        traces?.status === 'known' &&
        traces.value.length === 0 && (
          <Button size="small" onClick={() => setShow('slowest')}>
            {t('traces.showSlowest')}
          </Button>
        )}
      {traces?.status === 'unknown' && traces.reason === 'not-configured' && (
        <Code label={t('state.sample')}>{CONFIGURATION}</Code>
      )}
      {data && !data.complete && show !== 'failed' && (
        <Typography variant="caption" color="textSecondary">
          {t('traces.incomplete')}
        </Typography>
      )}
      {data &&
        !data.failedComplete &&
        show === 'failed' &&
        traces?.status === 'known' && (
          <Typography variant="caption" color="textSecondary">
            {t('traces.failedIncomplete', { count: traces.value.length })}
          </Typography>
        )}
    </section>
  );
}
