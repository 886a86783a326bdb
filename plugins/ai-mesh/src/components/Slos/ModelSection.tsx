import type { ModelSlos } from '@ai-mesh/plugin-ai-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useFormat } from '../../format';
import { ChartPanel } from '../Charts';
import { whyUnknown } from '../Figures';
import { TracesPanel } from '../Traces';
import { modelCharts } from './modelCharts';
import { ModelFigures } from './ModelFigures';
import { modelName } from './rankObjectives';

const useStyles = makeStyles(theme => ({
  section: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
    '@media print': { display: 'block' },
  },
  charts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(320px, 1fr))',
    gap: theme.spacing(3),
    // Graphs keep the width that they have on the screen: on paper, one below the other.
    '@media print': { display: 'block' },
  },
}));

/** One model: its graphs, its figures, and the traces that were slower than it promises. */
export function ModelSection(props: {
  entityRef: string;
  model: ModelSlos;
  namesCluster: boolean;
}) {
  const { entityRef, model, namesCluster } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const id = useId();
  const thresholds = model.objectives.flatMap(({ objective: { indicator } }) =>
    indicator.kind === 'latency' ? indicator.thresholdMs : [],
  );
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.section}
      aria-labelledby={id}
    >
      <Typography id={id} variant="h6" component="h2">
        {t('slos.modelTitle', {
          model: modelName(model, namesCluster, t),
        })}
      </Typography>
      <div className={classes.charts}>
        {modelCharts(model, format, t).map(content => (
          <ChartPanel
            key={content.title}
            content={content}
            unknown={
              content.title === t('slos.costPerHour') &&
              model.cost.status === 'unknown'
                ? whyUnknown(model.cost, t)
                : undefined
            }
          />
        ))}
        <ModelFigures model={model} />
      </div>
      <TracesPanel
        key={model.model}
        entityRef={entityRef}
        model={model.dialect === 'istio' ? undefined : model.model}
        thresholdMs={
          thresholds.length > 0 ? Math.min(...thresholds) : undefined
        }
      />
    </Paper>
  );
}
