import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { ActionBar } from './actions/ActionBar';
import { CanaryHeading } from './CanaryHeading';
import { SituationNotice } from './SituationNotice';
import { Steps } from './weights/Steps';
import { WeightBar } from './weights/WeightBar';

const useStyles = makeStyles(theme => ({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
  },
}));

/** One of several canaries that need somebody's eye, with what can be done about it. */
export function CanaryCard(props: { canary: Canary; onDone: () => void }) {
  const { canary, onDone } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <Paper
      component="article"
      variant="outlined"
      className={classes.card}
      aria-labelledby={id}
    >
      <CanaryHeading
        canary={canary}
        id={id}
        name={text => <Link to={`../canary/${canary.id}`}>{text}</Link>}
      />
      {canary.weights && <WeightBar weights={canary.weights} />}
      {canary.steps.length > 0 && <Steps canary={canary} />}
      <SituationNotice canary={canary} />
      <ActionBar canary={canary} onDone={onDone} />
    </Paper>
  );
}
